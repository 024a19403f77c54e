package dev.warren.benchmarks.topology;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.warren.benchmarks.platform.RabbitMq;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Objects of a vhost. All are durable. Pure.
record Topology(List<Exchange> exchanges, List<Queue> queues, List<Binding> bindings) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> ARGUMENTS = new TypeReference<>() {};

  /// An exchange.
  record Exchange(String name, String type, Map<String, Object> arguments) {}

  /// A queue.
  record Queue(String name, Map<String, Object> arguments) {}

  /// A binding of a queue.
  record Binding(String exchange, String queue, String key, Map<String, Object> arguments) {}

  Topology {
    exchanges = List.copyOf(exchanges);
    queues = List.copyOf(queues);
    bindings = List.copyOf(bindings);
  }

  /// Reads the lists of the management API; what every vhost has is left out, and so are bindings
  /// between exchanges.
  static Topology of(JsonNode exchanges, JsonNode queues, JsonNode bindings) {
    return new Topology(
        exchanges
            .valueStream()
            .filter(node -> !text(node, "name").isEmpty())
            .filter(node -> !text(node, "name").startsWith("amq."))
            .map(node -> new Exchange(text(node, "name"), text(node, "type"), arguments(node)))
            .toList(),
        queues.valueStream().map(node -> new Queue(text(node, "name"), arguments(node))).toList(),
        bindings
            .valueStream()
            .filter(node -> !text(node, "source").isEmpty())
            .filter(node -> text(node, "destination_type").equals("queue"))
            .map(Topology::binding)
            .toList());
  }

  /// The objects of a vhost.
  static Topology in(String vhost, RabbitMq broker) throws IOException, InterruptedException {
    return of(
        broker.read("exchanges/" + vhost),
        broker.read("queues/" + vhost + "?disable_stats=true"),
        broker.read("bindings/" + vhost));
  }

  /// The objects that bear this name, as a part of theirs.
  Topology of(String name) {
    return filtered(text -> text.contains(name));
  }

  /// The objects that do not.
  Topology without(String name) {
    return filtered(text -> !text.contains(name));
  }

  /// The same objects with another name, wherever the one occurs.
  Topology renamed(String from, String to) {
    return new Topology(
        exchanges.stream()
            .map(
                it ->
                    new Exchange(
                        it.name().replace(from, to), it.type(), renamed(it.arguments(), from, to)))
            .toList(),
        queues.stream()
            .map(it -> new Queue(it.name().replace(from, to), renamed(it.arguments(), from, to)))
            .toList(),
        bindings.stream()
            .map(
                it ->
                    new Binding(
                        it.exchange().replace(from, to),
                        it.queue().replace(from, to),
                        it.key().replace(from, to),
                        renamed(it.arguments(), from, to)))
            .toList());
  }

  private Topology filtered(Predicate<String> named) {
    return new Topology(
        exchanges.stream().filter(it -> named.test(it.name())).toList(),
        queues.stream().filter(it -> named.test(it.name())).toList(),
        bindings.stream().filter(it -> named.test(it.queue())).toList());
  }

  private static Map<String, Object> renamed(
      Map<String, Object> arguments, String from, String to) {
    var renamed = new HashMap<>(arguments);
    renamed.replaceAll((_, value) -> value instanceof String text ? text.replace(from, to) : value);
    return renamed;
  }

  private static Binding binding(JsonNode node) {
    return new Binding(
        text(node, "source"),
        text(node, "destination"),
        text(node, "routing_key"),
        arguments(node));
  }

  private static Map<String, Object> arguments(JsonNode node) {
    return JSON.convertValue(node.path("arguments"), ARGUMENTS);
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }
}
