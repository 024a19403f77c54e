package dev.warren.worker;

/// Runs tasks of one kind.
///
/// The runtime makes one instance by the public constructor without parameters and calls it for
/// every task, each on a virtual thread of its own, as many at once as the TaskWorker's
/// `concurrency`: implementations are safe for use by many threads and may block. A task is stopped
/// by interrupting its thread, when its time is up or the pod must go; long computations look at
/// {@link TaskContext#isCancelled()} now and then.
///
/// @param <T> the payload: `byte[]` for the message's body as it is, else a type that Jackson reads
///   from a JSON body; found from the type argument of the class
@FunctionalInterface
public interface TaskHandler<T> {
  /// Does the work of one task.
  ///
  /// @return what becomes of the task
  /// @throws Exception which counts as {@link Outcome#retry()}, with the exception's class and
  ///   message in the task's error headers
  Outcome handle(Task<T> task, TaskContext context) throws Exception;
}
