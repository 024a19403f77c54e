package dev.warren.benchmarks.topology;

import dev.warren.benchmarks.platform.Cluster;
import dev.warren.benchmarks.platform.OperatorProcess;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// What goes on while nothing changes.
///
/// @param settled whether the writes had ended when the count began
/// @param period how long was counted
/// @param calls in that time
record Rest(boolean settled, Duration period, Calls calls) {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /// So long without a write is taken for the end of the work.
  private static final Duration QUIET = Duration.ofSeconds(10);

  /// Writes that have not ended by then are how the operator rests, and count.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// Waits for the end of the work, and counts.
  static Rest of(Duration period, Cluster cluster, OperatorProcess operator)
      throws InterruptedException {
    var settled = awaitQuiet(cluster, operator);
    var before = calls(cluster, operator);
    TimeUnit.NANOSECONDS.sleep(period.toNanos());
    operator.requireRunning();
    return new Rest(settled, period, calls(cluster, operator).since(before));
  }

  /// All requests so far.
  static Calls calls(Cluster cluster, OperatorProcess operator) throws InterruptedException {
    return Calls.of(
        cluster.requests(), cluster.isShared(), operator.metrics(OperatorProcess.BROKER_REQUESTS));
  }

  private static boolean awaitQuiet(Cluster cluster, OperatorProcess operator)
      throws InterruptedException {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    var changed = System.nanoTime();
    var last = calls(cluster, operator).writes();
    while (System.nanoTime() - changed < QUIET.toNanos()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.sleep(INTERVAL.toNanos());
      var writes = calls(cluster, operator).writes();
      if (writes != last) {
        changed = System.nanoTime();
        last = writes;
      }
    }
    return true;
  }

  double callsPerMinute() {
    return calls.total() * (double) Duration.ofMinutes(1).toMillis() / period.toMillis();
  }
}
