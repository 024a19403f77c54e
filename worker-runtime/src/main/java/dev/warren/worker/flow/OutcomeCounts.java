package dev.warren.worker.flow;

import java.util.concurrent.atomic.AtomicLong;

/// Counts tasks and failures since the last look, at one atomic operation each. Any thread counts,
/// one takes.
final class OutcomeCounts {
  private static final long FAILURE = 1L << 32;

  /// Failures in the upper half, tasks in the lower.
  private final AtomicLong counts = new AtomicLong();

  /// What was counted.
  ///
  /// @param failed how many of the tasks failed
  record Taken(long tasks, long failed) {}

  void count(boolean failed) {
    counts.addAndGet(failed ? FAILURE + 1 : 1);
  }

  Taken take() {
    long taken = counts.getAndSet(0);
    return new Taken(taken & (FAILURE - 1), taken >>> 32);
  }
}
