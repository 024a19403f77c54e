package dev.warren.benchmarks.topology;

import dev.warren.benchmarks.platform.Cluster;
import dev.warren.benchmarks.platform.OperatorProcess;
import dev.warren.benchmarks.platform.QueueWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Single changes among many TaskQueues, one after the other.
///
/// @param durations from the request until the queue is ready again and its status is about the new
///   generation
record Changes(List<Duration> durations) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// A prime, so that the changed queues lie all over.
  private static final int STRIDE = 7_919;

  /// As many different values of a setting as a team may have in use.
  private static final int VALUES = 5;

  Changes {
    durations = List.copyOf(durations);
  }

  /// Makes changes and waits for each: a limit on the length, which is a policy, and a further
  /// routing key, which is a binding, in turn.
  static Changes of(int count, List<String> names, Cluster cluster, OperatorProcess operator)
      throws InterruptedException {
    var durations = new ArrayList<Duration>();
    try (var watch = cluster.watch()) {
      for (int i = 0; i < count; i++) {
        var name = names.get((int) ((long) i * STRIDE % names.size()));
        durations.add(time(name, i, cluster, watch, operator));
      }
    }
    return new Changes(durations);
  }

  private static Duration time(
      String name, int number, Cluster cluster, QueueWatch watch, OperatorProcess operator)
      throws InterruptedException {
    var start = System.nanoTime();
    var generation = cluster.change(name, change(name, number));
    watch.awaitSettled(name, generation, PATIENCE, operator::requireRunning);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static String change(String name, int number) {
    return number % 2 == 0
        ? "{\"maxLength\": %d}".formatted(10_000 * (1 + number / 2 % VALUES))
        : "{\"routingKeys\": [\"%s\", \"changed.%d\"]}".formatted(name, number);
  }
}
