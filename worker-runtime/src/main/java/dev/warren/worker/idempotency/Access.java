package dev.warren.worker.idempotency;

import dev.warren.model.Idempotency.OnStoreFailure;
import java.time.Duration;

/// What a worker may do with a task. Pure.
sealed interface Access {
  /// Run it.
  ///
  /// @param guarded whether no other worker can run it meanwhile
  record Run(boolean guarded) implements Access {}

  /// Leave it: it is done.
  record Done() implements Access {}

  /// Come back later.
  ///
  /// @param byOther whether another worker has it, else the store does not answer
  record Later(Duration delay, boolean byOther) implements Access {}

  /// After the store's answer.
  static Access of(Claim claim) {
    return switch (claim) {
      case Claim.Claimed() -> new Run(true);
      case Claim.AlreadyDone() -> new Done();
      case Claim.HeldByOther(var remaining) -> new Later(remaining, true);
    };
  }

  /// Without one.
  static Access without(OnStoreFailure setting) {
    return switch (setting) {
      case PROCEED -> new Run(false);
      case HOLD -> new Later(Duration.ZERO, false);
    };
  }
}
