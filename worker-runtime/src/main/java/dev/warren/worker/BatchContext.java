package dev.warren.worker;

import java.util.List;

/// The attempts of a batch's tasks. Safe for use by any thread while the batch runs.
///
/// @param attempts one for each task, in their order
public record BatchContext(List<TaskContext> attempts) {
  /// Copies the list.
  public BatchContext {
    attempts = List.copyOf(attempts);
  }

  /// Whether the batch should end now, because every task of it is cancelled.
  public boolean isCancelled() {
    return attempts.stream().allMatch(TaskContext::isCancelled);
  }
}
