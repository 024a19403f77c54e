package dev.warren.client;

import java.time.Duration;

/// A moment by which something must have happened, on the clock that never jumps.
///
/// @param nanos its `System.nanoTime()`
record Deadline(long nanos) {
  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /// Nanoseconds until then; zero or less when it has passed.
  long remainingNanos() {
    return nanos - System.nanoTime();
  }

  boolean hasPassed() {
    return remainingNanos() <= 0;
  }
}
