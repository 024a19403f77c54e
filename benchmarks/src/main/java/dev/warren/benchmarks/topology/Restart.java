package dev.warren.benchmarks.topology;

import dev.warren.benchmarks.harness.BenchmarkException;
import dev.warren.benchmarks.platform.Cluster;
import dev.warren.benchmarks.platform.OperatorProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// How long a new operator needs to find that all is as it should be.
///
/// @param ready from its start until it says that it is ready
/// @param settled from its start to its last reconciliation, of at least one for each TaskQueue,
///   after which it had nothing to do for a while
/// @param reconciliations until then
/// @param calls until then; those at the API server include what the operator before still did
record Restart(Duration ready, Duration settled, long reconciliations, Calls calls) {
  private static final Duration INTERVAL = Duration.ofMillis(200);

  /// So long without a reconciliation is taken for the end of the work.
  private static final Duration QUIET = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PATIENCE_PER_QUEUE = Duration.ofMillis(100);

  /// Follows a process that has just been started.
  ///
  /// @param queues how many TaskQueues there are
  /// @param before calls that the process before had made, when it was stopped
  static Restart of(int queues, Calls before, Cluster cluster, OperatorProcess operator)
      throws InterruptedException {
    var deadline = Instant.now().plus(PATIENCE).plus(PATIENCE_PER_QUEUE.multipliedBy(queues));
    var ready = awaitReady(operator, deadline);
    var last = operator.activity();
    var changed = Instant.now();
    while (isBusy(last, queues) || changed.plus(QUIET).isAfter(Instant.now())) {
      require(operator, deadline, last);
      TimeUnit.NANOSECONDS.sleep(INTERVAL.toNanos());
      var activity = operator.activity();
      if (!activity.equals(last) || isBusy(activity, queues)) {
        changed = Instant.now();
        last = activity;
      }
    }
    var calls =
        Rest.calls(cluster, operator).since(new Calls(before.apiReads(), before.apiWrites(), 0, 0));
    return new Restart(ready, Duration.between(operator.started(), changed), last.started(), calls);
  }

  private static Duration awaitReady(OperatorProcess operator, Instant deadline)
      throws InterruptedException {
    while (!operator.isReady()) {
      require(operator, deadline, new OperatorProcess.Activity(0, 0, 0));
      TimeUnit.NANOSECONDS.sleep(INTERVAL.toNanos());
    }
    return Duration.between(operator.started(), Instant.now());
  }

  private static boolean isBusy(OperatorProcess.Activity activity, int queues) {
    return activity.pending() > 0 || activity.succeeded() < queues;
  }

  private static void require(
      OperatorProcess operator, Instant deadline, OperatorProcess.Activity activity) {
    operator.requireRunning();
    if (Instant.now().isAfter(deadline)) {
      throw new BenchmarkException(
          "the operator is not settled after its restart, and it had long enough: " + activity);
    }
  }
}
