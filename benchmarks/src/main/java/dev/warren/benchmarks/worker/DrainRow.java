package dev.warren.benchmarks.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// How fast a contestant empties a queue, and at which cost. It is connected and warm when the
/// clock starts; it was only held while its queue was filled.
///
/// @param row what is done
record DrainRow(Row row) {
  /// What is acknowledged after the last task is done has its cost, too.
  private static final Duration AFTERMATH = Duration.ofMillis(20);

  /// Lets one take its turn.
  Map<Metric, Double> turn(Stand stand) throws IOException, InterruptedException, TimeoutException {
    int tasks = row.messagesOf(stand.process().contestant());
    stand.process().pause();
    stand.tally().reset();
    stand.feed().fill(tasks, row.bodyBytes());
    var cpu = stand.process().cpu();
    long start = System.nanoTime();
    stand.process().resume();
    stand.awaitCount(tasks);
    var duration = Duration.ofNanos(System.nanoTime() - start);
    TimeUnit.NANOSECONDS.sleep(AFTERMATH.toNanos());
    return Map.of(
        Metric.RATE,
        rate(tasks, duration),
        Metric.CPU,
        perThousand(stand.process().cpu().minus(cpu), tasks));
  }

  /// Tasks per second.
  static double rate(int tasks, Duration duration) {
    return tasks / (duration.toNanos() / 1e9);
  }

  /// Seconds for a thousand tasks.
  static double perThousand(Duration cpu, int tasks) {
    return cpu.toNanos() / 1e6 / tasks;
  }
}
