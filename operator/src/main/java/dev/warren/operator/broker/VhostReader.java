package dev.warren.operator.broker;

import static dev.warren.operator.broker.JsonList.fields;
import static dev.warren.operator.broker.JsonList.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/// Reads a vhost in two calls, or a few, however many queues are in it; its users are read
/// elsewhere. May be called by any thread.
final class VhostReader {
  private static final VhostSnapshot EMPTY = VhostSnapshot.absent(Users.NONE);

  private final ManagementApi api;

  VhostReader(ManagementApi api) {
    this.api = api;
  }

  /// All of a vhost.
  ///
  /// @param before what is to be shared where it did not change
  VhostSnapshot read(String vhost, VhostSnapshot before) {
    var queues = readQueues(vhost, before);
    return queues.exists() ? withDefinitions(vhost, queues) : queues;
  }

  /// A vhost's queues and how many messages they hold; all else as it was before.
  VhostSnapshot readQueues(String vhost, VhostSnapshot before) {
    return api.read(queuesIn(ManagementApi.segment(vhost)), body -> queues(body, before))
        .orElse(EMPTY);
  }

  /// Path of all queues of a vhost with the messages they hold, seconds late. Without statistics,
  /// which cost most (10,000 queues are listed in 0.6 s instead of 1.2 s) and know nothing of a new
  /// queue.
  static String queuesIn(String vhostSegment) {
    return "queues/" + vhostSegment + "?disable_stats=true&enable_queue_totals=true";
  }

  private static VhostSnapshot queues(InputStream body, VhostSnapshot before) throws IOException {
    var queues = new HashMap<String, Queue>();
    var figures = new HashMap<String, QueueFigures>();
    var arguments = new HashMap<Map<String, Object>, Map<String, Object>>();
    JsonList.read(
        body,
        node -> {
          var queue = queue(node, arguments);
          queues.put(queue.name(), queue);
          figures.put(queue.name(), figures(node));
        });
    return new VhostSnapshot(
        true,
        before.exchanges(),
        Successor.of(before.queues(), queues),
        Successor.of(before.figures(), figures),
        before.bindings(),
        before.policies(),
        before.users());
  }

  private VhostSnapshot withDefinitions(String vhost, VhostSnapshot queues) {
    var found = new FoundDefinitions();
    var segment = ManagementApi.segment(vhost);
    if (!isAscii(vhost)) {
      readLists(segment, found);
      return found.in(queues);
    }
    return read("definitions/" + segment, body -> JsonList.read(body, found.readers()))
        ? found.in(queues)
        : EMPTY;
  }

  /// RabbitMQ 4.0 answers 500 for the definitions of a vhost whose name is not of ASCII.
  private static boolean isAscii(String vhost) {
    return StandardCharsets.US_ASCII.newEncoder().canEncode(vhost);
  }

  private void readLists(String segment, FoundDefinitions found) {
    read("exchanges/" + segment, body -> JsonList.read(body, found::exchange));
    read("bindings/" + segment, body -> JsonList.read(body, found::binding));
    read("policies/" + segment, body -> JsonList.read(body, found::policy));
    read("operator-policies/" + segment, body -> JsonList.read(body, found::operatorPolicy));
    read("vhost-limits/" + segment, body -> JsonList.read(body, found::limits));
  }

  private interface Reading {
    void of(InputStream body) throws IOException;
  }

  private boolean read(String path, Reading reading) {
    return api.read(
            path,
            body -> {
              reading.of(body);
              return true;
            })
        .orElse(false);
  }

  /// @param known arguments read before: most queues share theirs
  private static Queue queue(JsonNode node, Map<Map<String, Object>, Map<String, Object>> known) {
    var arguments = fields(node.path("arguments"));
    arguments.putIfAbsent("x-queue-type", node.path("type").asText("classic"));
    var passing = passing(node);
    if (!passing.isEmpty()) {
      arguments.put("declared", passing.strip());
    }
    return new Queue(text(node, "name"), known.computeIfAbsent(arguments, Map::copyOf));
  }

  /// Says so of what will not stay: nothing that Warren declares is like that, so it never fits.
  static String passing(JsonNode node) {
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
}
