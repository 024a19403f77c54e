package dev.warren.worker;

import java.util.List;
import java.util.concurrent.Callable;

/// Tells a tracing backend what becomes of tasks. Port to it; for any thread. Nothing here may fail
/// because of what a message holds, and payloads stay here.
public interface TaskTracing {
  /// Tells nobody, and costs nothing: messages keep the trace headers that they came with.
  TaskTracing NONE = new NoTracing();

  /// Begins the span of an attempt, in the trace of whoever sent the task.
  TaskSpan begin(TracedAttempt attempt);

  /// Runs tasks together in one span that is linked with those of their attempts.
  ///
  /// @param attempts contexts of the tasks
  /// @param body runs with the span as the current one
  <T> T batch(List<TaskContext> attempts, Callable<T> body) throws Exception;
}
