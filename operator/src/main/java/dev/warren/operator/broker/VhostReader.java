package dev.warren.operator.broker;

import static dev.warren.operator.broker.JsonList.fields;
import static dev.warren.operator.broker.JsonList.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Reads a vhost in six calls, however many queues are in it; its users are read elsewhere. May be
/// called by any thread.
final class VhostReader {
  private final ManagementApi api;
  private final MetricsReader metrics;
  private final InstantSource clock;

  VhostReader(ManagementApi api, MetricsReader metrics, InstantSource clock) {
    this.api = api;
    this.metrics = metrics;
    this.clock = clock;
  }

  /// All of a vhost.
  ///
  /// @param before what is to be shared where it did not change
  /// @throws BrokerException if the broker has queues that it does not list
  VhostSnapshot read(String vhost, VhostSnapshot before) {
    var queues = listQueues(vhost, before);
    if (!queues.exists()) {
      return queues;
    }
    var found = withLists(vhost, queues);
    requireComplete(vhost, found, before);
    return found;
  }

  /// RabbitMQ 4.0 lists no queues, and all bindings, for a moment after its start. Who believed it
  /// would declare queues beside those that are there. A queue that is not listed but bound is not
  /// gone, unless it was made since the queues were listed: so only those count that were known, or
  /// all, where none is listed.
  private static void requireComplete(String vhost, VhostSnapshot found, VhostSnapshot before) {
    found.bindings().stream()
        .filter(binding -> binding.kind() == Binding.Kind.QUEUE)
        .map(Binding::destination)
        .filter(name -> !found.queues().containsKey(name))
        .filter(name -> found.queues().isEmpty() || before.queues().containsKey(name))
        .findAny()
        .ifPresent(
            _ -> {
              throw new BrokerException(
                  BrokerException.Kind.UNREACHABLE,
                  "the broker does not list all queues of vhost '%s', which it does for a moment after its start; wait"
                      .formatted(vhost));
            });
  }

  /// How many messages a vhost's queues hold; all else is taken for unchanged. Asked for nothing
  /// else, RabbitMQ works two thirds as long as for a list of the queues.
  ///
  /// @return empty if the vhost has other queues than were known
  Optional<VhostSnapshot> readFigures(String vhost, VhostSnapshot before) {
    var now = clock.instant();
    var known = before.queues().keySet();
    return metrics
        .figures(vhost, known)
        .or(() -> listFigures(vhost).filter(figures -> figures.keySet().equals(known)))
        .filter(_ -> before.exists())
        .map(figures -> before.withFigures(now, figures));
  }

  private Optional<Map<String, QueueFigures>> listFigures(String vhost) {
    var columns = "&columns=name,messages_ready,messages_unacknowledged,messages";
    return api.read(
        queuesIn(ManagementApi.segment(vhost)) + columns,
        body -> {
          var figures = new HashMap<String, QueueFigures>();
          JsonList.read(body, node -> figures.put(text(node, "name"), figures(node)));
          return figures;
        });
  }

  private VhostSnapshot listQueues(String vhost, VhostSnapshot before) {
    var now = clock.instant();
    return api.read(queuesIn(ManagementApi.segment(vhost)), body -> queues(body, now, before))
        .orElse(VhostSnapshot.absent(now, Users.NONE));
  }

  /// Path of all queues of a vhost with the messages they hold, seconds late. Without statistics,
  /// which cost most (10,000 queues are listed in 0.6 s instead of 1.2 s) and know nothing of a new
  /// queue.
  static String queuesIn(String vhostSegment) {
    return "queues/" + vhostSegment + "?disable_stats=true&enable_queue_totals=true";
  }

  private static VhostSnapshot queues(InputStream body, Instant now, VhostSnapshot before)
      throws IOException {
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
        now,
        true,
        before.exchanges(),
        Successor.of(before.queues(), queues),
        Successor.of(before.figures(), figures),
        before.bindings(),
        before.policies(),
        before.users());
  }

  /// Not the definitions, which hold all of it: RabbitMQ takes six times as long for them (7 s of
  /// one core instead of 1.1 s with 19,000 queues and 30,000 bindings), and 4.0 fails if the
  /// vhost's name is not of ASCII.
  private VhostSnapshot withLists(String vhost, VhostSnapshot queues) {
    var in = ManagementApi.segment(vhost);
    var found = new FoundLists();
    return read("exchanges/" + in, found::exchange)
            && read("bindings/" + in, found::binding)
            && read("policies/" + in, found::policy)
            && read("operator-policies/" + in, found::operatorPolicy)
            && read("vhost-limits/" + in, found::limits)
        ? found.in(queues)
        : VhostSnapshot.absent(queues.readAt(), Users.NONE);
  }

  /// Hands over each object of a list; false if there is no such vhost any more.
  private boolean read(String path, Consumer<JsonNode> each) {
    return api.read(
            path,
            body -> {
              JsonList.read(body, each);
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
