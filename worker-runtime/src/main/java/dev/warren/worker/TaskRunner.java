package dev.warren.worker;

/// A kind of handler: runs one task in whatever way. Called on a virtual thread per task,
/// concurrently; a cancelled attempt is told by an interrupt.
public interface TaskRunner extends AutoCloseable {
  /// Runs one attempt.
  ///
  /// @param contentType of the payload
  /// @throws UnreadableBodyException if the payload can never be understood
  /// @throws Exception if the attempt failed
  Outcome run(Task<byte[]> task, String contentType, TaskContext context) throws Exception;

  /// Called once, when the pod has begun to stop: tasks that wait for others to come start now, for
  /// none will. A runner around another passes it on.
  default void drain() {}

  /// Called once, when no task runs any more.
  @Override
  default void close() {}
}
