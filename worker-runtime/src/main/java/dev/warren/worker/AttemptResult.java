package dev.warren.worker;

import java.time.Duration;

/// How an attempt at a task ended.
sealed interface AttemptResult {
  /// The handler returned.
  record Returned(Outcome outcome) implements AttemptResult {}

  /// The handler threw.
  record Threw(Throwable cause) implements AttemptResult {}

  /// The attempt was cancelled at its deadline; what the handler did then does not count, because
  /// it may have given up half-way.
  record TimedOut(Duration limit) implements AttemptResult {}

  /// The attempt was cancelled because the pod must stop.
  record Stopped() implements AttemptResult {}
}
