package dev.warren.local.demo;

import java.util.List;

/// The tasks in dead-letter queues, each once, whatever at-least-once delivery made of them.
///
/// @param queues how many dead-letter queues there are
/// @param reasons one for each task
record DeadLetters(int queues, List<String> reasons) {
  DeadLetters {
    reasons = List.copyOf(reasons);
  }

  int count() {
    return reasons.size();
  }
}
