package dev.warren.worker.pod;

import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskHandler;
import java.util.Map;

/// Fails every fifth task on its first attempt, and every twentieth always.
public final class FlakyHandler implements TaskHandler<Map<String, Object>> {
  @Override
  public Outcome handle(Task<Map<String, Object>> task, TaskContext context) {
    int id = Integer.parseInt(task.id().orElse("1"));
    if (id % 20 == 0) {
      throw new IllegalStateException("task %d never works".formatted(id));
    }
    return id % 5 == 0 && context.attempt() == 1 ? Outcome.retry("busy") : Outcome.done();
  }
}
