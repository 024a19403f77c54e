package dev.warren.worker.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.warren.model.testing.TestBroker;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A {@link RunningWorker} as the broker sees it, once its statistics know.
///
/// @param broker the broker with the worker's vhost
record WorkerConnections(TestBroker broker) {
  /// The broker's names of its connections, as segments of a path.
  List<String> names() throws Exception {
    return list("/api/connections")
        .filter(WorkerConnections::isWorkers)
        .map(connection -> TestBroker.encode(connection.path("name").asText()))
        .toList();
  }

  /// Makes the broker close them, and waits until they are gone.
  void closeAll() throws Exception {
    var open = names();
    open.forEach(this::close);
    await().until(() -> names().stream().noneMatch(open::contains));
  }

  private void close(String name) {
    try {
      broker.call("DELETE", "/api/connections/" + name, "");
    } catch (IllegalStateException e) {
      // The pod closes its second connection by itself when the first is lost; the broker may
      // notice
      // in the middle of its answer.
      assertThat(e).message().containsAnyOf("404", "500");
    }
  }

  /// Prefetch of its consumers together, by queue.
  Map<String, Integer> prefetches() throws Exception {
    var prefetches = new TreeMap<String, Integer>();
    list("/api/consumers/" + broker.vhost())
        .filter(consumer -> consumer.path("consumer_tag").asText().startsWith(RunningWorker.POD))
        .forEach(
            consumer ->
                prefetches.merge(
                    consumer.path("queue").path("name").asText(),
                    consumer.path("prefetch_count").asInt(),
                    Integer::sum));
    return prefetches;
  }

  private Stream<JsonNode> list(String path) throws Exception {
    var all = new ObjectMapper().readTree(broker.call("GET", path, ""));
    return StreamSupport.stream(all.spliterator(), false)
        .filter(item -> broker.vhost().equals(item.path("vhost").asText(broker.vhost())));
  }

  private static boolean isWorkers(JsonNode connection) {
    return connection
        .path("client_properties")
        .path("connection_name")
        .asText()
        .startsWith(RunningWorker.POD);
  }
}
