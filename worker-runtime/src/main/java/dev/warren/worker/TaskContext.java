package dev.warren.worker;

import java.time.Instant;

/// One attempt at a task. Safe for use by any thread while the attempt runs.
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
}
