package dev.warren.operator.broker;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Reads a vhost in a fixed number of calls, however many queues are in it. May be called by any
/// thread.
final class VhostReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ManagementApi api;
  private final Clock clock;

  VhostReader(ManagementApi api, Clock clock) {
    this.api = api;
    this.clock = clock;
  }

  VhostSnapshot read(String vhost) {
    var takenAt = clock.instant();
    var users = passwordHashes();
    var segment = ManagementApi.segment(vhost);
    var queues = api.get(queuesIn(segment));
    if (queues.isMissingNode()) {
      return VhostSnapshot.absent(takenAt).withPasswordHashes(users);
    }
    return new VhostSnapshot(
        true,
        byName(api.get("exchanges/" + segment), VhostReader::exchange),
        byName(queues, VhostReader::queue),
        byName(queues, VhostReader::figures),
        bindings(api.get("bindings/" + segment)),
        byName(api.get("policies/" + segment), VhostReader::policy),
        users,
        permissions(api.get("vhosts/" + segment + "/permissions")),
        takenAt);
  }

  /// Path of all queues of a vhost with the messages they hold, seconds late. Without statistics,
  /// which cost most (10,000 queues are listed in 0.6 s instead of 1.2 s) and know nothing of a new
  /// queue.
  static String queuesIn(String vhostSegment) {
    return "queues/" + vhostSegment + "?disable_stats=true&enable_queue_totals=true";
  }

  private Map<String, String> passwordHashes() {
    return byName(api.get("users"), user -> user.path("password_hash").asText());
  }

  private static Map<String, Permissions> permissions(JsonNode list) {
    return elements(list)
        .collect(
            toMap(
                node -> text(node, "user"),
                node ->
                    new Permissions(
                        text(node, "configure"), text(node, "write"), text(node, "read"))));
  }

  private static Set<Binding> bindings(JsonNode list) {
    return elements(list)
        .filter(
            node ->
                text(node, "destination_type").equals("queue") && !text(node, "source").isEmpty())
        .map(
            node ->
                new Binding(
                    text(node, "source"), text(node, "destination"), text(node, "routing_key")))
        .collect(toSet());
  }

  private static Exchange exchange(JsonNode node) {
    return new Exchange(text(node, "name"), text(node, "type") + passing(node));
  }

  private static Queue queue(JsonNode node) {
    var arguments = new HashMap<>(values(node.path("arguments")));
    arguments.putIfAbsent("x-queue-type", node.path("type").asText("classic"));
    var passing = passing(node);
    if (!passing.isEmpty()) {
      arguments.put("declared", passing.strip());
    }
    return new Queue(text(node, "name"), arguments);
  }

  /// Says so of what will not stay: nothing that Warren declares is like that, so it never fits.
  private static String passing(JsonNode node) {
    var passing = new StringBuilder();
    if (!node.path("durable").asBoolean(true)) {
      passing.append(" transient");
    }
    if (node.path("auto_delete").asBoolean()) {
      passing.append(" auto-delete");
    }
    if (node.path("exclusive").asBoolean()) {
      passing.append(" exclusive");
    }
    return passing.toString();
  }

  private static QueueFigures figures(JsonNode node) {
    return new QueueFigures(
        count(node, "messages_ready"),
        count(node, "messages_unacknowledged"),
        count(node, "messages"));
  }

  private static OptionalLong count(JsonNode node, String field) {
    var value = node.path(field);
    return value.isIntegralNumber() ? OptionalLong.of(value.asLong()) : OptionalLong.empty();
  }

  private static Policy policy(JsonNode node) {
    return new Policy(
        text(node, "name"),
        text(node, "pattern"),
        node.path("priority").asInt(),
        values(node.path("definition")));
  }

  private static Map<String, Object> values(JsonNode object) {
    var values = new HashMap<String, Object>();
    object
        .properties()
        .forEach(
            entry ->
                values.put(
                    entry.getKey(),
                    entry.getValue().isIntegralNumber()
                        ? (Object) entry.getValue().asLong()
                        : JSON.convertValue(entry.getValue(), Object.class)));
    return values;
  }

  private static <T> Map<String, T> byName(JsonNode list, Function<JsonNode, T> read) {
    return elements(list).collect(toMap(node -> text(node, "name"), read));
  }

  private static Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }
}
