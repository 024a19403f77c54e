package dev.warren.benchmarks.topology;

import java.time.Duration;

/// What bare declares take.
///
/// @param queues for how many TaskQueues
/// @param objects of one TaskQueue
record Baseline(int queues, Duration duration, Topology objects) {
  /// TaskQueues per second.
  double rate() {
    return queues / (duration.toNanos() / 1e9);
  }
}
