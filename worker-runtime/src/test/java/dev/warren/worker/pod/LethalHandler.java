package dev.warren.worker.pod;

import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskHandler;

/// Ends the whole process over one task, as running out of memory would.
public final class LethalHandler implements TaskHandler<byte[]> {
  /// The id of that task.
  static final String POISON = "100";

  @Override
  public Outcome handle(Task<byte[]> task, TaskContext context) throws InterruptedException {
    if (task.id().orElse("").equals(POISON)) {
      // Its neighbours are in flight by then.
      Thread.sleep(50);
      Runtime.getRuntime().halt(137);
    }
    Thread.sleep(5);
    return Outcome.done();
  }
}
