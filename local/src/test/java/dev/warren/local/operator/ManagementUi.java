package dev.warren.local.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.warren.model.testing.TestBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// What a person sees and does in one vhost by RabbitMQ's management UI, as its administrator.
record ManagementUi(TestBroker broker, String vhost) {
  private static final ObjectMapper JSON = new ObjectMapper();

  Optional<JsonNode> queue(String name) {
    return find("queues", "name", name);
  }

  /// Messages that a queue holds; -1 while the broker has not counted.
  long messages(String queue) {
    return queue(queue).map(found -> found.path("messages").asLong(-1)).orElse(-1L);
  }

  /// Names of all queues.
  List<String> queues() {
    return list("queues").map(found -> found.path("name").asText()).toList();
  }

  /// Messages that all queues hold; -1 while the broker has not counted those of one.
  long messages() {
    var counts = list("queues").mapToLong(found -> found.path("messages").asLong(-1)).toArray();
    return LongStream.of(counts).anyMatch(count -> count < 0) ? -1 : LongStream.of(counts).sum();
  }

  void declareClassicQueue(String name, String arguments) {
    call(
        "PUT",
        "queues",
        name,
        "{\"durable\":true,\"arguments\":{\"x-queue-type\":\"classic\"%s}}"
            .formatted(arguments.isEmpty() ? "" : "," + arguments));
  }

  void deleteQueue(String name) {
    call("DELETE", "queues", name, "");
  }

  boolean isBound(String exchange, String queue, String key) {
    return list("bindings")
        .anyMatch(
            binding ->
                binding.path("source").asText().equals(exchange)
                    && binding.path("destination").asText().equals(queue)
                    && binding.path("routing_key").asText().equals(key));
  }

  void bind(String exchange, String queue, String key) {
    broker.call(
        "POST",
        "/api/bindings/%s/e/%s/q/%s"
            .formatted(
                TestBroker.encode(vhost), TestBroker.encode(exchange), TestBroker.encode(queue)),
        "{\"routing_key\":\"%s\"}".formatted(key));
  }

  /// Removes a binding without arguments.
  void unbind(String exchange, String queue, String key) {
    broker.call(
        "DELETE",
        "/api/bindings/%s/e/%s/q/%s/%s"
            .formatted(
                TestBroker.encode(vhost),
                TestBroker.encode(exchange),
                TestBroker.encode(queue),
                TestBroker.encode(key)),
        "");
  }

  /// The bindings of an exchange by this key, to queues and to other exchanges.
  List<JsonNode> bindings(String exchange, String key) {
    return list("bindings")
        .filter(binding -> binding.path("source").asText().equals(exchange))
        .filter(binding -> binding.path("routing_key").asText().equals(key))
        .toList();
  }

  /// Removes a binding that was just found.
  void unbind(JsonNode binding) {
    broker.call(
        "DELETE",
        "/api/bindings/%s/e/%s/%s/%s/%s"
            .formatted(
                TestBroker.encode(vhost),
                TestBroker.encode(binding.path("source").asText()),
                binding.path("destination_type").asText().substring(0, 1),
                TestBroker.encode(binding.path("destination").asText()),
                TestBroker.encode(binding.path("properties_key").asText())),
        "");
  }

  /// Names of all policies.
  List<String> policies() {
    return list("policies").map(found -> found.path("name").asText()).toList();
  }

  Optional<JsonNode> policy(String name) {
    return find("policies", "name", name);
  }

  /// The policy that a queue has, once the broker shows it.
  Optional<String> policyOf(String queue) {
    return queue(queue)
        .map(found -> found.path("policy").asText(""))
        .filter(name -> !name.isEmpty());
  }

  List<JsonNode> operatorPolicies() {
    return list("operator-policies").toList();
  }

  void putPolicy(String name, String pattern, int priority, String definition) {
    call(
        "PUT",
        "policies",
        name,
        "{\"pattern\":\"%s\",\"apply-to\":\"queues\",\"priority\":%d,\"definition\":%s}"
            .formatted(pattern, priority, definition));
  }

  void deletePolicy(String name) {
    call("DELETE", "policies", name, "");
  }

  Optional<JsonNode> permissions(String user) {
    return elements("/api/vhosts/%s/permissions".formatted(TestBroker.encode(vhost)))
        .filter(found -> found.path("user").asText().equals(user))
        .findFirst();
  }

  void putPermissions(String user, String pattern) {
    call(
        "PUT",
        "permissions",
        user,
        "{\"configure\":\"%1$s\",\"write\":\"%1$s\",\"read\":\"%1$s\"}".formatted(pattern));
  }

  boolean hasUser(String name) {
    return elements("/api/users").anyMatch(user -> user.path("name").asText().equals(name));
  }

  void deleteUser(String name) {
    broker.call("DELETE", "/api/users/" + TestBroker.encode(name), "");
  }

  /// All that is defined in the vhost, each thing as its kind and its JSON, in a fixed order.
  List<String> definitions() {
    var all = parse(broker.call("GET", "/api/definitions/" + TestBroker.encode(vhost), ""));
    return Stream.of("exchanges", "queues", "bindings", "policies", "parameters")
        .flatMap(kind -> all.path(kind).valueStream().map(found -> kind + " " + sorted(found)))
        .sorted()
        .toList();
  }

  /// The same without what tells vhosts and generations apart.
  List<String> comparableDefinitions() {
    return definitions().stream()
        .map(it -> it.replace(vhost, "tenant").replaceAll("\\\\*\\.g\\d+", ""))
        .sorted()
        .toList();
  }

  /// Publishes a persistent message.
  ///
  /// @return whether it came into a queue
  boolean publish(String exchange, String key) {
    return parse(
            broker.call(
                "POST",
                path("exchanges", exchange) + "/publish",
                "{\"properties\":{\"delivery_mode\":2},\"routing_key\":\"%s\",\"payload\":\"{}\",\"payload_encoding\":\"string\"}"
                    .formatted(key)))
        .path("routed")
        .asBoolean();
  }

  /// RabbitMQ's.
  String version() {
    return parse(broker.call("GET", "/api/overview", "")).path("rabbitmq_version").asText();
  }

  /// The vhost's limits.
  JsonNode limits() {
    return parse(broker.call("GET", "/api/vhost-limits/" + TestBroker.encode(vhost), ""))
        .path(0)
        .path("value");
  }

  /// The status of the answer to a program of a tenant.
  ///
  /// @param binding decoded entries of its Secret
  int statusFor(Map<String, String> binding) {
    var credentials = binding.get("username") + ":" + binding.get("password");
    var management = broker.managementUri();
    var request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://%s:%d/api/overview"
                        .formatted(management.getHost(), management.getPort())))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Tags of the consumers whose channels hold deliveries.
  List<String> holders() {
    var holding =
        elements("/api/vhosts/%s/channels".formatted(TestBroker.encode(vhost)))
            .filter(channel -> channel.path("messages_unacknowledged").asLong() > 0)
            .map(channel -> channel.path("name").asText())
            .toList();
    return list("consumers")
        .filter(it -> holding.contains(it.path("channel_details").path("name").asText()))
        .map(it -> it.path("consumer_tag").asText())
        .toList();
  }

  private Optional<JsonNode> find(String what, String key, String value) {
    return list(what).filter(found -> found.path(key).asText().equals(value)).findFirst();
  }

  private Stream<JsonNode> list(String what) {
    return elements("/api/%s/%s".formatted(what, TestBroker.encode(vhost)));
  }

  private Stream<JsonNode> elements(String path) {
    return StreamSupport.stream(parse(broker.call("GET", path, "")).spliterator(), false);
  }

  private void call(String method, String what, String name, String body) {
    broker.call(method, path(what, name), body);
  }

  private String path(String what, String name) {
    return "/api/%s/%s/%s".formatted(what, TestBroker.encode(vhost), TestBroker.encode(name));
  }

  private static String sorted(JsonNode node) {
    try {
      return JSON.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .writeValueAsString(JSON.treeToValue(node, Object.class));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
