package dev.warren.worker.handler;

import dev.warren.model.Batch;
import dev.warren.worker.BatchContext;
import dev.warren.worker.BatchTaskHandler;
import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskRunner;
import dev.warren.worker.TaskTracing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs tasks together in an instance of the user's class. Each is read, waits and is settled on
/// its own thread, with its own permit and deadline; {@link Batches} brings them together.
final class BatchRunner implements TaskRunner {
  private final BatchTaskHandler<Object> handler;
  private final Payloads payloads;
  private final TaskTracing tracing;
  private final Batches batches;

  private BatchRunner(
      BatchTaskHandler<Object> handler, Batch batch, Alarm alarm, TaskTracing tracing) {
    this.handler = handler;
    this.tracing = tracing;
    this.payloads = Payloads.of(handler.getClass(), BatchTaskHandler.class);
    this.batches = new Batches(batch.size(), batch.maxWait(), this::handle, alarm);
  }

  /// A runner of this handler.
  @SuppressWarnings("unchecked") // Whatever T is, Payloads makes one from the same type argument.
  static BatchRunner of(BatchTaskHandler<?> handler, Batch batch, TaskTracing tracing) {
    return new BatchRunner((BatchTaskHandler<Object>) handler, batch, Alarm.OF_JVM, tracing);
  }

  @Override
  public Outcome run(Task<byte[]> task, String contentType, TaskContext context) throws Exception {
    return batches.run(new Batches.Member(payloads.read(task), context));
  }

  @Override
  public void drain() {
    batches.drain();
  }

  @Override
  public void close() {
    JavaRunner.close(handler);
  }

  /// Called by the thread of a batch.
  private void handle(List<Batches.Member> members) throws Exception {
    Thread.currentThread().setContextClassLoader(handler.getClass().getClassLoader());
    var tasks = members.stream().map(Batches.Member::task).toList();
    var attempts = members.stream().map(Batches.Member::context).toList();
    var outcomes = tracing.batch(attempts, () -> handler.handle(tasks, new BatchContext(attempts)));
    if (outcomes == null || outcomes.size() != tasks.size()) {
      throw new IllegalStateException(
          "handler class '%s' returned %s for %d tasks; return an Outcome for each, in their order"
              .formatted(
                  handler.getClass().getName(),
                  outcomes == null ? "null" : outcomes.size() + " outcomes",
                  tasks.size()));
    }
    for (int i = 0; i < outcomes.size(); i++) {
      complete(members.get(i), outcomes.get(i), i);
    }
  }

  private void complete(Batches.Member member, @Nullable Outcome outcome, int position) {
    if (outcome == null) {
      member
          .outcome()
          .completeExceptionally(
              new IllegalStateException(
                  "handler class '%s' returned null for task %d of a batch; return an Outcome"
                      .formatted(handler.getClass().getName(), position)));
    } else {
      member.outcome().complete(outcome);
    }
  }
}
