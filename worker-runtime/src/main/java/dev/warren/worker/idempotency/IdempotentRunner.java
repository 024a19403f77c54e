package dev.warren.worker.idempotency;

import dev.warren.model.Idempotency.OnStoreFailure;
import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskRunner;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a task only if it was not done before and no other worker is at it. A task without an id is
/// always run.
///
/// @param runner does the work
record IdempotentRunner(
    TaskRunner runner,
    TaskKeys keys,
    WatchedStore store,
    LeaseKeeper leases,
    IdempotencyTimes times,
    OnStoreFailure onStoreFailure,
    IdempotencyMonitor monitor)
    implements TaskRunner {
  private static final Logger LOG = LoggerFactory.getLogger(IdempotentRunner.class);

  @Override
  public Outcome run(Task<byte[]> task, String contentType, TaskContext context) throws Exception {
    if (task.id().isEmpty()) {
      return runner.run(task, contentType, context);
    }
    var lease = new Lease(keys.of(task.id().get()), context::isCancelled);
    return switch (access(lease, context)) {
      case Access.Run(var guarded) -> {
        if (!guarded) {
          monitor.unguarded();
        }
        yield run(lease, task, contentType, context);
      }
      case Access.Done() -> duplicate(task);
      case Access.Later(var delay, var byOther) -> {
        if (byOther) {
          monitor.held();
        }
        yield Outcome.snooze(delay);
      }
    };
  }

  @Override
  public void drain() {
    runner.drain();
  }

  @Override
  public void close() {
    runner.close();
  }

  /// Whatever a cancelled attempt returns no longer counts, so its task is released too.
  private Outcome run(Lease lease, Task<byte[]> task, String contentType, TaskContext context)
      throws Exception {
    leases.keep(lease);
    var done = false;
    try {
      var outcome = runner.run(task, contentType, context);
      done = isEnd(outcome) && !context.isCancelled();
      return outcome;
    } finally {
      leases.end(lease, done);
    }
  }

  /// A failed task is not: its dead letter may be replayed and must be run then.
  private static boolean isEnd(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done _, Outcome.Drop _ -> true;
      case Outcome.Retry _, Outcome.Snooze _, Outcome.Fail _ -> false;
    };
  }

  private Outcome duplicate(Task<byte[]> task) {
    monitor.duplicate();
    LOG.atDebug()
        .addKeyValue("task_id", task.id().orElse(""))
        .addKeyValue("routing_key", task.routingKey())
        .addKeyValue("status", "duplicate")
        .log("Task was done before");
    return Outcome.done();
  }

  /// Holds a task here for a while if the store fails, because the outage of a moment should not
  /// send the whole queue through its delay lanes; after that, the lanes keep the pod from
  /// spinning.
  private Access access(Lease lease, TaskContext context) throws InterruptedException {
    long end = System.nanoTime() + patience(context).toNanos();
    var claim = claim(lease);
    while (claim.isEmpty()
        && onStoreFailure == OnStoreFailure.HOLD
        && store.awaitAnswer(Duration.ofNanos(end - System.nanoTime()))) {
      claim = claim(lease);
    }
    return claim.map(Access::of).orElse(Access.without(onStoreFailure));
  }

  private Optional<Claim> claim(Lease lease) throws InterruptedException {
    var claim = store.claim(lease.key(), lease.owner(), times.lease());
    if (claim.isEmpty() && (Thread.interrupted() || lease.isCancelled())) {
      throw new InterruptedException("cancelled before the task was claimed");
    }
    return claim;
  }

  /// Less than the attempt may take, or the wait would end as a failed attempt.
  private Duration patience(TaskContext context) {
    var half = Duration.between(Instant.now(), context.deadline()).dividedBy(2);
    return half.compareTo(times.patience()) < 0 ? half : times.patience();
  }
}
