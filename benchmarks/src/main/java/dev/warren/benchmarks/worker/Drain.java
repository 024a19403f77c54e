package dev.warren.benchmarks.worker;

import dev.warren.model.QueueType;
import java.time.Duration;

/// One queue emptied once.
///
/// @param queueType kind of the queue
/// @param contender who emptied it
/// @param round 0 for the warm-up, which is no part of any median; then from 1
/// @param messages how many were delivered while the clock ran
/// @param duration how long that took
record Drain(
    QueueType queueType, Contender contender, int round, long messages, Duration duration) {
  Drain {
    if (messages < 1 || !duration.isPositive()) {
      throw new IllegalArgumentException(
          "%d messages in %s are no measurement; drain more".formatted(messages, duration));
    }
  }

  /// Messages per second.
  double rate() {
    return messages / (duration.toNanos() / 1e9);
  }
}
