package dev.warren.benchmarks.scaling;

import com.rabbitmq.client.Channel;
import dev.warren.benchmarks.harness.BenchmarkException;
import dev.warren.benchmarks.harness.Percentile;
import dev.warren.benchmarks.platform.RabbitMq;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;

/// One way of asking for how many messages all queues of a vhost hold, as the operator asks.
///
/// @param median of the time until the answer was there
/// @param brokerCpu for one answer, with what else the broker did meanwhile
record Reading(String way, int queues, Duration median, Duration brokerCpu) {
  private static final int TIMES = 15;

  /// Asks in each way there is for so many classic queues, in a vhost of their own.
  static List<Reading> all(int queues, RabbitMq broker, Optional<URI> metrics, long brokerPid)
      throws Exception {
    var vhost = "benchmark-" + UUID.randomUUID();
    broker.createVhost(vhost);
    try {
      declare(queues, vhost, broker);
      var readings = new ArrayList<Reading>();
      readings.add(
          of(
              "management list with totals",
              queues,
              brokerPid,
              () ->
                  broker.read("queues/" + vhost + "?disable_stats=true&enable_queue_totals=true")));
      if (metrics.isPresent()) {
        var uri =
            metrics.get().resolve("/metrics/detailed?family=queue_coarse_metrics&vhost=" + vhost);
        try (var http = HttpClient.newHttpClient()) {
          readings.add(of("coarse metrics", queues, brokerPid, () -> fetch(uri, http)));
        }
      }
      return readings;
    } finally {
      broker.deleteVhost(vhost);
    }
  }

  private static void declare(int queues, String vhost, RabbitMq broker)
      throws IOException, TimeoutException {
    try (var connection = broker.connect(vhost);
        Channel channel = connection.createChannel()) {
      for (int i = 0; i < queues; i++) {
        channel.queueDeclareNoWait("queue-" + i, true, false, false, Map.of());
      }
      // A channel does one thing after another: when it answers, all before is done.
      channel.queueDeclarePassive("queue-" + (queues - 1));
    }
  }

  private static Reading of(String way, int queues, long brokerPid, Callable<?> call)
      throws Exception {
    var durations = new ArrayList<Duration>();
    var before = Strain.cpu(brokerPid);
    for (int i = 0; i < TIMES; i++) {
      var start = System.nanoTime();
      call.call();
      durations.add(Duration.ofNanos(System.nanoTime() - start));
    }
    return new Reading(
        way,
        queues,
        Percentile.of(50, durations),
        Strain.cpu(brokerPid).minus(before).dividedBy(TIMES));
  }

  private static String fetch(URI uri, HttpClient http) throws IOException, InterruptedException {
    var answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    if (answer.statusCode() != HttpURLConnection.HTTP_OK) {
      throw new BenchmarkException("%s answered %d".formatted(uri, answer.statusCode()));
    }
    return answer.body();
  }
}
