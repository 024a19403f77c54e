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
import java.util.Map;

/// Adds up the retries that the pods of a TaskWorker tell of at `/metrics`. What a pod said last
/// counts on after it is gone; what it counted since, if it was killed, is not seen. For one
/// thread.
final class WorkerRetries {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final String METRIC = "task_retries_total";

  private final KubernetesClient client;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  /// By the process's start, because a container that was restarted counts from 0.
  private final Map<String, Long> counted = new HashMap<>();

  WorkerRetries(KubernetesClient client) {
    this.client = client;
  }

  long count(String namespace, String worker) throws InterruptedException {
    var pods =
        client
            .pods()
            .inNamespace(namespace)
            .withLabel("warren.dev/worker", worker)
            .list()
            .getItems();
    for (var pod : pods) {
      if (pod.getStatus() != null && pod.getStatus().getPodIP() != null) {
        scrape(pod);
      }
    }
    return counted.values().stream().mapToLong(Long::longValue).sum();
  }

  private void scrape(Pod pod) throws InterruptedException {
    var address = URI.create("http://%s:8080/metrics".formatted(pod.getStatus().getPodIP()));
    try {
      var response =
          http.send(
              HttpRequest.newBuilder(address).timeout(TIMEOUT).build(),
              HttpResponse.BodyHandlers.ofString());
      counted.put(process(pod), sum(response.body()));
    } catch (IOException e) {
      // It starts or stops; what it said before still counts.
    }
  }

  private static String process(Pod pod) {
    var restarts =
        pod.getStatus().getContainerStatuses().stream()
            .mapToInt(container -> container.getRestartCount())
            .sum();
    return pod.getMetadata().getUid() + "/" + restarts;
  }

  private static long sum(String metrics) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(METRIC + "{") || line.startsWith(METRIC + " "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
