package dev.warren.worker.idempotency;

import java.time.Duration;

/// Told how tasks and their store fare, for metrics. Called from many threads.
public interface IdempotencyMonitor {
  /// A task was not run because it had been done before.
  void duplicate();

  /// A task was put off because another worker has it.
  void held();

  /// A task runs though the store was not asked, because it does not answer.
  void unguarded();

  /// The store was asked.
  ///
  /// @param took until its answer, or until it was given up
  void asked(Duration took);

  /// The store has ceased to answer, or answers again.
  void answers(boolean answers);
}
