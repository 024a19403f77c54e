package dev.warren.worker;

import java.time.Duration;

/// Told how tasks fare, for metrics. Called from the tasks' threads, concurrently.
public interface TaskMonitor {
  /// A task that no worker had seen before starts, so long after it was published.
  void waited(Duration wait);

  /// A handler was called.
  void started();

  /// The handler has returned or thrown.
  void finished(Duration took);

  /// A task is done, so long after it was published, or after a worker first saw it if nobody says
  /// when it was published.
  void completed(Duration sincePublished);

  /// The broker has been told of the end, and has confirmed the successor if there is one.
  void settled(TaskStatus status);

  /// The broker has confirmed a dead letter.
  ///
  /// @param errorClass what its header `warren-error-class` says
  void deadLettered(String errorClass);
}
