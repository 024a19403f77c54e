package dev.warren.benchmarks.worker.contestant;

import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskHandler;

/// The job as a handler of Warren's worker, which makes it by reflection.
public final class BenchmarkHandler implements TaskHandler<byte[]> {
  private final Job job = Job.of(Assignment.read(System.getenv()));

  @Override
  public Outcome handle(Task<byte[]> task, TaskContext context) throws InterruptedException {
    return job.run(task.payload(), context.attempt() == 1) ? Outcome.done() : Outcome.retry();
  }
}
