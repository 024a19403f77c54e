package dev.warren.worker;

import java.util.List;

/// Runs several tasks in one call, such as with one statement for all rows.
///
/// The runtime makes one instance by the public constructor without parameters. It gathers up to
/// the TaskWorker's `batch.size` tasks, waits no longer than `batch.maxWait` for them, and calls
/// the handler on a virtual thread per batch; several batches may run at once. Each task keeps an
/// attempt, a deadline and a fate of its own. The thread is interrupted when all tasks of the batch
/// are cancelled; while one is not, the batch goes on, and what it returns for the others no longer
/// counts.
///
/// @param <T> the payload, as in {@link TaskHandler}
@FunctionalInterface
public interface BatchTaskHandler<T> {
  /// Does the work of a batch.
  ///
  /// @param tasks at least one; a task whose body cannot be read is none of them
  /// @return what becomes of each task: as many outcomes as tasks, in their order
  /// @throws Exception which counts for every task as one thrown by {@link TaskHandler#handle}
  List<Outcome> handle(List<Task<T>> tasks, BatchContext context) throws Exception;
}
