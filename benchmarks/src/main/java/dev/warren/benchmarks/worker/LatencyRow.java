package dev.warren.benchmarks.worker;

import dev.warren.benchmarks.worker.contestant.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/// How late tasks are done that are published on a schedule, whatever the consumer does: the
/// latency counts from the time for which a task was scheduled, so that a publisher that is held up
/// hides nothing.
///
/// @param row what is done
/// @param period for how long tasks are published
record LatencyRow(Row row, Duration period) {
  /// Loads in percent of what the bare loop can take.
  static final int[] LOADS = {25, 50, 75};

  /// Tasks a second that a contestant does while they are published as fast as possible.
  double capacity(Stand stand) throws IOException, InterruptedException, TimeoutException {
    stand.tally().reset();
    long start = System.nanoTime();
    stand.feed().fill(row.messages(), row.bodyBytes());
    stand.awaitCount(row.messages());
    return DrainRow.rate(row.messages(), Duration.ofNanos(System.nanoTime() - start));
  }

  /// Lets one take its turn.
  ///
  /// @param rate tasks a second
  Map<Metric, Double> turn(Stand stand, double rate)
      throws IOException, InterruptedException, TimeoutException {
    int tasks = (int) Math.min(rate * period.toNanos() / 1e9, Tally.TIMES);
    stand.tally().reset();
    long start = System.nanoTime();
    for (int task = 0; task < tasks; task++) {
      await(scheduled(start, task, rate));
      stand.feed().publish(task, row.bodyBytes());
    }
    stand.feed().confirm();
    stand.awaitCount(tasks);
    var latencies = new long[tasks];
    Arrays.setAll(latencies, task -> stand.tally().time(task) - scheduled(start, task, rate));
    Arrays.sort(latencies);
    return Map.of(
        Metric.P50, percentile(50, latencies),
        Metric.P99, percentile(99, latencies),
        Metric.P999, percentile(99.9, latencies));
  }

  /// By the nearest rank, in milliseconds.
  ///
  /// @param sorted nanoseconds, ascending, at least one
  static double percentile(double percent, long... sorted) {
    int rank = (int) Math.ceil(sorted.length * percent / 100);
    return sorted[Math.max(rank, 1) - 1] / 1e6;
  }

  private static long scheduled(long start, int task, double rate) {
    return start + (long) (task * 1e9 / rate);
  }

  private static void await(long time) {
    long wait = time - System.nanoTime();
    while (wait > 0) {
      LockSupport.parkNanos(wait);
      wait = time - System.nanoTime();
    }
  }
}
