package dev.warren.operator.scaling;

import java.time.Duration;
import java.util.Optional;

/// How many pods are wanted.
///
/// @param cause what kind of reason it has
/// @param reason in plain words, for the status; the same as long as size and cause are
/// @param seen what it was made from when size or cause changed; empty if it needed nothing
/// @param inputs what it was made from; empty if it needed nothing
/// @param memory to be given to the next decision
/// @param again when to decide again even if nothing changes
public record Decision(
    int wanted,
    Cause cause,
    String reason,
    Optional<Seen> seen,
    Optional<Seen> inputs,
    Memory memory,
    Optional<Duration> again) {

  /// What kind of reason a decision has.
  public enum Cause {
    /// The number is fixed.
    FIXED,
    /// The queue needs so many.
    SIZED,
    /// The broker can't be asked; the size is held.
    TROUBLE,
    /// The broker does not say how many tasks there are; the size is held.
    UNKNOWN,
    /// What it said is too old; the size is held.
    STALE,
    /// Pods do not start; no more are added.
    NOT_STARTING
  }
}
