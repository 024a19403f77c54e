package dev.warren.worker;

import java.time.Instant;
import java.util.Optional;

/// One attempt at a task. Safe for use by any thread while the attempt runs.
///
/// The first four methods are without a default, so that a test of a handler makes a context of
/// four values; the defaults of the others are those of a task without an id or a trace.
public interface TaskContext {
  /// Number of this attempt, 1 on the first.
  int attempt();

  /// When a worker first saw the task.
  Instant firstSeen();

  /// When this attempt will be cancelled and counted as failed.
  Instant deadline();

  /// Whether the attempt should end now, because its deadline has passed or the pod must stop; its
  /// thread has been interrupted too, and whatever it still returns no longer counts.
  boolean isCancelled();

  /// Has this run when the attempt is cancelled, for work that no interrupt ends: a statement of a
  /// database, a call in another thread. It runs once, on a thread of its own; at once if the
  /// attempt is cancelled already, and never if the attempt ends before.
  default void onCancel(Runnable action) {}

  /// What to hand on to services that recognise a repeated request: the same on every attempt and
  /// another for every task. It is the task's id; a task without one has none, because whatever
  /// were made of its content would take two equal tasks for one.
  default Optional<String> idempotencyKey() {
    return Optional.empty();
  }

  /// Tells how far the attempt is: for the log at DEBUG, and for the reason that is given if the
  /// attempt takes too long. It does not prolong the deadline.
  ///
  /// @param step in a few words; it ends up where payloads must not
  default void progress(String step) {}

  /// W3C `traceparent` to hand on to services that this attempt calls: that of the attempt's own
  /// span if the worker traces, else the message's.
  default Optional<String> traceparent() {
    return Optional.empty();
  }

  /// W3C `tracestate` to hand on beside it.
  default Optional<String> tracestate() {
    return Optional.empty();
  }
}
