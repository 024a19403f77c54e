package dev.warren.benchmarks.worker;

import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskHandler;

/// Does nothing, so that only Warren's own work is measured. The worker makes it by its name.
public final class NoOpHandler implements TaskHandler<byte[]> {
  @Override
  public Outcome handle(Task<byte[]> task, TaskContext context) {
    return Outcome.done();
  }
}
