package dev.warren.worker;

import java.time.Duration;
import java.util.Objects;

/// How an attempt at a task ended.
sealed interface AttemptResult {
  /// The handler returned.
  record Returned(Outcome outcome) implements AttemptResult {
    /// @throws NullPointerException if a runner breaks its contract, which is the attempt's failure
    public Returned {
      Objects.requireNonNull(outcome, "the handler returned null; return an Outcome");
    }
  }

  /// The handler threw.
  record Threw(Throwable cause) implements AttemptResult {}

  /// The attempt was cancelled at its deadline; what the handler did then does not count, because
  /// it may have given up half-way.
  ///
  /// @param progress how far it came by its own account; empty if it gave none
  record TimedOut(Duration limit, String progress) implements AttemptResult {}

  /// The attempt was cancelled because the pod must stop.
  record Stopped() implements AttemptResult {}

  /// The task was not run: so often it came back from workers that died.
  record Poisoned(int redeliveries) implements AttemptResult {}
}
