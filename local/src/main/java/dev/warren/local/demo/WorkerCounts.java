package dev.warren.local.demo;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// Adds up the tasks and retries that the pods of TaskWorkers tell of at `/metrics`. What a pod
/// said last counts on after it is gone; what it counted since, if it was killed, is not seen. For
/// one thread.
final class WorkerCounts {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final String PROCESSED = "tasks_processed_total{";
  private static final String RETRIES = "task_retries_total";
  private static final List<String> ENDS = List.of("outcome=\"done\"", "outcome=\"drop\"");

  /// @param done deliveries that ended well
  /// @param retried attempts that failed and were put off
  record Counts(long done, long retried) {}

  private final KubernetesClient client;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  /// By the process's start, because a container that was restarted counts from 0.
  private final Map<String, Counts> counted = new HashMap<>();

  WorkerCounts(KubernetesClient client) {
    this.client = client;
  }

  Counts count(List<ResourceName> workers) throws InterruptedException {
    for (var worker : workers) {
      for (var pod : pods(worker)) {
        if (pod.getStatus() != null && pod.getStatus().getPodIP() != null) {
          scrape(pod);
        }
      }
    }
    return new Counts(sum(Counts::done), sum(Counts::retried));
  }

  private List<Pod> pods(ResourceName worker) {
    return client
        .pods()
        .inNamespace(worker.namespace())
        .withLabel("warren.dev/worker", worker.name())
        .list()
        .getItems();
  }

  private long sum(ToLongFunction<Counts> figure) {
    return counted.values().stream().mapToLong(figure).sum();
  }

  private void scrape(Pod pod) throws InterruptedException {
    var address = URI.create("http://%s:8080/metrics".formatted(pod.getStatus().getPodIP()));
    try {
      var response =
          http.send(
              HttpRequest.newBuilder(address).timeout(TIMEOUT).build(),
              HttpResponse.BodyHandlers.ofString());
      counted.put(process(pod), read(response.body()));
    } catch (IOException e) {
      // It starts or stops, or brings its own consumer; what it said before still counts.
    }
  }

  private static String process(Pod pod) {
    var restarts =
        pod.getStatus().getContainerStatuses().stream()
            .mapToInt(container -> container.getRestartCount())
            .sum();
    return pod.getMetadata().getUid() + "/" + restarts;
  }

  /// Reads the text format of Prometheus.
  static Counts read(String metrics) {
    return new Counts(
        sum(metrics, line -> line.startsWith(PROCESSED) && ENDS.stream().anyMatch(line::contains)),
        sum(metrics, line -> line.startsWith(RETRIES + "{") || line.startsWith(RETRIES + " ")));
  }

  private static long sum(String metrics, Predicate<String> wanted) {
    return metrics
        .lines()
        .filter(wanted)
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
