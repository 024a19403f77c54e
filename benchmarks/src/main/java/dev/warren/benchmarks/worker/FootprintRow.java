package dev.warren.benchmarks.worker;

import com.rabbitmq.client.Connection;
import dev.warren.benchmarks.worker.contestant.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What a process takes before it works, and for work that waits: each turn starts processes of its
/// own.
///
/// @param row what is done
/// @param connection for the queues
/// @param launcher of the processes
/// @param directory for their configuration and logs
record FootprintRow(Row row, Connection connection, Launcher launcher, Path directory) {
  private static final int IN_FLIGHT = 10_000;
  private static final Duration FOR_EVER = Duration.ofHours(1);
  private static final Duration REST = Duration.ofSeconds(1);
  private static final Duration INTERVAL = Duration.ofMillis(5);

  /// Lets one take its turn.
  Map<Metric, Double> turn(Contestant contestant)
      throws IOException, InterruptedException, TimeoutException {
    var values = new EnumMap<Metric, Double>(Metric.class);
    values.putAll(atRest(contestant));
    if (holdsMany(contestant)) {
      values.put(Metric.RSS_IN_FLIGHT, inFlight(contestant));
    }
    return values;
  }

  private Map<Metric, Double> atRest(Contestant contestant)
      throws IOException, InterruptedException, TimeoutException {
    try (var stand =
        Stand.start(row, contestant, Work.NO_OP, true, connection, launcher, directory)) {
      stand.awaitCount(1);
      var firstTask = stand.tally().time(0) - stand.process().started();
      TimeUnit.NANOSECONDS.sleep(REST.toNanos());
      var rss = stand.process().rss();
      stand.finish();
      return Map.of(Metric.FIRST_TASK, firstTask / 1e6, Metric.RSS, rss);
    }
  }

  /// Each task waits; the process is killed after it.
  private double inFlight(Contestant contestant)
      throws IOException, InterruptedException, TimeoutException {
    var many =
        new Row(
            row.id(),
            row.kind(),
            row.queueType(),
            row.bodyBytes(),
            Work.pausing(FOR_EVER, 1),
            IN_FLIGHT,
            IN_FLIGHT,
            IN_FLIGHT,
            row.contestants());
    try (var stand =
        Stand.start(many, contestant, many.work(), false, connection, launcher, directory)) {
      stand.awaitReady();
      stand.feed().fill(IN_FLIGHT, row.bodyBytes());
      while (stand.feed().remaining() > 0) {
        stand.process().requireRunning();
        TimeUnit.NANOSECONDS.sleep(INTERVAL.toNanos());
      }
      TimeUnit.NANOSECONDS.sleep(REST.toNanos());
      return stand.process().rss();
    }
  }

  /// Those that need no platform thread and no channel for each task.
  private static boolean holdsMany(Contestant contestant) {
    return contestant == Contestant.WARREN || contestant == Contestant.SINGLE;
  }
}
