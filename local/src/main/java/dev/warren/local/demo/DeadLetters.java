package dev.warren.local.demo;

import java.util.Map;

/// The tasks in a dead-letter queue, each once, whatever at-least-once delivery made of them.
///
/// @param reasons by task id
record DeadLetters(Map<String, String> reasons) {
  DeadLetters {
    reasons = Map.copyOf(reasons);
  }
}
