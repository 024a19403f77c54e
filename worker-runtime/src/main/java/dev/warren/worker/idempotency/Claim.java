package dev.warren.worker.idempotency;

import java.time.Duration;

/// What a store says to a worker that wants to run a task.
sealed interface Claim {
  /// The task is this owner's until its lease ends.
  record Claimed() implements Claim {}

  /// The task was done before.
  record AlreadyDone() implements Claim {}

  /// Another owner has it.
  ///
  /// @param remaining time until its lease ends, unless it is extended
  record HeldByOther(Duration remaining) implements Claim {}
}
