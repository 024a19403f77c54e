package dev.warren.worker.idempotency;

import java.time.Duration;

/// How long things last.
///
/// @param timeToLive how long a done task is remembered
/// @param lease how long a claim lasts that nobody extends: as long as the task of a worker that
///   died waits for another
/// @param patience the longest that a task waits here for a store that failed, before it waits in
///   the broker
record IdempotencyTimes(Duration timeToLive, Duration lease, Duration patience) {
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// With what suits a pod.
  static IdempotencyTimes remembering(Duration timeToLive) {
    return new IdempotencyTimes(timeToLive, LEASE, PATIENCE);
  }
}
