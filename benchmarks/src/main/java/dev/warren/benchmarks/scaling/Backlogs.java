package dev.warren.benchmarks.scaling;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.MessageProperties;
import dev.warren.benchmarks.harness.BenchmarkException;
import dev.warren.benchmarks.platform.Cluster;
import dev.warren.benchmarks.platform.OperatorProcess;
import dev.warren.benchmarks.platform.RabbitMq;
import dev.warren.benchmarks.platform.SizeWatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Backlogs in queues of which each has a TaskWorker without pods, one queue a second.
///
/// @param delays from the first publish until the size that the backlog needs was written, in order
record Backlogs(List<Duration> delays) {
  /// For each worker one pod for so many tasks.
  static final int TARGET = 10;

  private static final int PODS = 5;
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

  Backlogs {
    delays = List.copyOf(delays);
  }

  /// Publishes, and waits for the sizes.
  static Backlogs of(
      List<String> queues, Cluster cluster, RabbitMq broker, OperatorProcess operator)
      throws IOException, InterruptedException, TimeoutException {
    try (var sizes = cluster.watchSizes()) {
      var published = new LinkedHashMap<String, Long>();
      var start = System.nanoTime();
      for (int i = 0; i < queues.size(); i++) {
        TimeUnit.NANOSECONDS.sleep(start + i * PERIOD.toNanos() - System.nanoTime());
        var queue = queues.get(i);
        try (var connection = broker.connect(cluster.namespaceOf(queue));
            var channel = connection.createChannel()) {
          channel.confirmSelect();
          published.put(queue, System.nanoTime());
          publish(queue, channel);
        }
        operator.requireRunning();
      }
      return new Backlogs(delays(published, sizes, operator));
    }
  }

  private static void publish(String queue, Channel channel)
      throws IOException, InterruptedException, TimeoutException {
    for (int i = 0; i < PODS * TARGET; i++) {
      channel.basicPublish("", queue, true, MessageProperties.PERSISTENT_BASIC, BODY);
    }
    channel.waitForConfirmsOrDie(PATIENCE.toMillis());
  }

  private static List<Duration> delays(
      Map<String, Long> published, SizeWatch sizes, OperatorProcess operator)
      throws InterruptedException {
    var delays = new ArrayList<Duration>();
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    for (var entry : published.entrySet()) {
      while (sizes.of(entry.getKey()).filter(size -> size.replicas() == PODS).isEmpty()) {
        operator.requireRunning();
        if (System.nanoTime() - deadline > 0) {
          throw new BenchmarkException(
              "'%s' has no size of %d, %s after the last backlog: %s"
                  .formatted(entry.getKey(), PODS, PATIENCE, sizes.of(entry.getKey())));
        }
        TimeUnit.NANOSECONDS.sleep(INTERVAL.toNanos());
      }
      delays.add(
          Duration.ofNanos(sizes.of(entry.getKey()).orElseThrow().since() - entry.getValue()));
    }
    return delays;
  }
}
