package dev.warren.operator.taskqueue;

import dev.warren.crds.Ceilings;
import dev.warren.crds.TaskBroker;
import dev.warren.operator.topology.QueueSettings;
import dev.warren.operator.topology.VhostPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Holds settings against the ceilings of a TaskBroker. Pure.
public final class CeilingCheck {
  /// The annotation of a TaskBroker that says whom to ask.
  static final String OWNER = "warren.dev/owner";

  private CeilingCheck() {}

  /// Ceilings of a TaskBroker.
  public static Ceilings of(TaskBroker broker) {
    return Objects.requireNonNullElse(broker.getSpec().ceilings(), Ceilings.NONE);
  }

  /// What says that a value is above a ceiling; the message names both, and whom to ask.
  ///
  /// @param field path in the tenant's resource
  /// @param ceiling name among `spec.ceilings`
  public static String exceeded(
      TaskBroker broker, String field, Object value, String ceiling, Object limit) {
    return "%s is %s, above %s %s of %s; lower it, or ask for a higher ceiling"
        .formatted(field, value, "spec.ceilings." + ceiling, limit, owner(broker));
  }

  /// A TaskBroker, and who looks after it.
  static String owner(TaskBroker broker) {
    var annotations = broker.getMetadata().getAnnotations();
    var owner = annotations == null ? null : annotations.get(OWNER);
    var name = "TaskBroker '%s'".formatted(broker.getMetadata().getName());
    return owner == null ? name : "%s (owner: %s)".formatted(name, owner);
  }

  /// What is above its ceiling.
  static List<String> problems(QueueSettings settings, TaskBroker broker) {
    var ceilings = of(broker);
    var problems = new ArrayList<String>();
    check(problems, broker, "maxLength", settings.limits().maxLength(), ceilings.maxLength());
    check(problems, broker, "maxBytes", settings.limits().maxBytes(), ceilings.maxBytes());
    check(
        problems, broker, "shards", OptionalLong.of(settings.shape().shards()), ceilings.shards());
    var priorities = settings.shape().priorities();
    check(
        problems,
        broker,
        "priorities",
        priorities.isPresent() ? OptionalLong.of(priorities.getAsInt()) : OptionalLong.empty(),
        ceilings.priorities());
    return problems;
  }

  private static void check(
      List<String> problems,
      TaskBroker broker,
      String field,
      OptionalLong value,
      @Nullable Number ceiling) {
    if (ceiling != null && value.isPresent() && value.getAsLong() > ceiling.longValue()) {
      problems.add(exceeded(broker, "spec." + field, value.getAsLong(), field, ceiling));
    }
  }

  /// A limit that a TaskQueue names, else the ceiling: no queue is longer, whoever publishes.
  static OptionalLong orCeiling(@Nullable Long limit, @Nullable Long ceiling) {
    var value = limit == null ? ceiling : limit;
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /// The ceilings that RabbitMQ itself holds.
  static VhostPlan.Ceilings inBroker(TaskBroker broker) {
    var ceilings = of(broker);
    var queues = new HashMap<String, Long>();
    put(queues, "max-length", ceilings.maxLength());
    put(queues, "max-length-bytes", ceilings.maxBytes());
    var vhost = new HashMap<String, Long>();
    put(vhost, "max-connections", ceilings.connectionsPerNamespace());
    return new VhostPlan.Ceilings(queues, vhost);
  }

  private static void put(Map<String, Long> limits, String key, @Nullable Number value) {
    if (value != null) {
      limits.put(key, value.longValue());
    }
  }
}
