package dev.warren.operator.taskqueue;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;

import dev.warren.crds.TaskQueueSpec.Overflow;
import dev.warren.model.BrokerNames;
import dev.warren.model.QueueType;
import dev.warren.operator.broker.BrokerVersion;
import dev.warren.operator.broker.Policy;
import dev.warren.operator.broker.VhostSnapshot;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The policies of a vhost: one for each distinct set of values, whose pattern lists the queues
/// that have them, because the cost of a policy grows with their number. Pure.
final class DesiredPolicies {
  /// What the names of Warren's policies begin with.
  static final String PREFIX = "warren.";

  /// After as many returns of a task from crashed or stopped workers it is dead-lettered, instead
  /// of vanishing at a default that differs by version.
  private static final long DELIVERY_LIMIT = 20;

  /// Above policies that a platform's users wrote without a priority.
  private static final int PRIORITY = 10;

  /// What a worker takes beyond its task until it has settled it.
  private static final Duration SETTLING = Duration.ofMinutes(5);

  private DesiredPolicies() {}

  /// All policies of a vhost by name.
  ///
  /// @param claimed the task queues of the vhost, each with its owner's settings
  static Map<String, Policy> of(
      Collection<QueueSettings> claimed, BrokerVersion version, VhostSnapshot vhost) {
    var values = new TreeMap<>(unclaimed(vhost));
    claimed.forEach(settings -> values.putAll(values(settings, version)));
    return values.entrySet().stream()
        .filter(entry -> !entry.getValue().isEmpty())
        .collect(
            groupingBy(Map.Entry::getValue, mapping(Map.Entry::getKey, toCollection(TreeSet::new))))
        .entrySet()
        .stream()
        .map(
            entry ->
                new Policy(
                    nameOf(entry.getKey()), pattern(entry.getValue()), PRIORITY, entry.getKey()))
        .collect(toMap(Policy::name, policy -> policy));
  }

  /// What the policies say now of queues that are there. One that no TaskQueue claims any more
  /// keeps it, which is what `Retain` promises.
  private static Map<String, Map<String, Object>> unclaimed(VhostSnapshot vhost) {
    var values = new TreeMap<String, Map<String, Object>>();
    for (var policy : vhost.policies().values()) {
      if (policy.name().startsWith(PREFIX)) {
        queuesIn(policy.pattern())
            .filter(queue -> vhost.queues().containsKey(queue))
            .forEach(queue -> values.put(queue, policy.definition()));
      }
    }
    return values;
  }

  /// By queue name: the task queue's and its dead-letter queue's.
  private static Map<String, Map<String, Object>> values(
      QueueSettings settings, BrokerVersion version) {
    return Map.of(
        settings.queue(), taskQueue(settings, version),
        BrokerNames.deadLetterQueue(settings.queue()), deadLetterQueue(settings, version));
  }

  private static Map<String, Object> taskQueue(QueueSettings settings, BrokerVersion version) {
    var values = new TreeMap<String, Object>();
    var limits = settings.limits();
    limits.messageTtl().ifPresent(ttl -> values.put("message-ttl", ttl.toMillis()));
    limits.maxLength().ifPresent(length -> values.put("max-length", length));
    limits.maxBytes().ifPresent(bytes -> values.put("max-length-bytes", bytes));
    settings.overflow().ifPresent(overflow -> values.put("overflow", overflowValue(overflow)));
    if (settings.type() == QueueType.QUORUM) {
      values.put("delivery-limit", DELIVERY_LIMIT);
      values.putIfAbsent("overflow", overflowValue(Overflow.RejectPublish));
      if (values.get("overflow").equals(overflowValue(Overflow.RejectPublish))) {
        values.put("dead-letter-strategy", "at-least-once");
      }
    }
    if (version.atLeast(3, 12)) {
      values.put("consumer-timeout", settings.maxTaskDuration().plus(SETTLING).toMillis());
    }
    return values;
  }

  private static Map<String, Object> deadLetterQueue(
      QueueSettings settings, BrokerVersion version) {
    var values = new TreeMap<String, Object>();
    // From 4.0 on, a dead letter would be dropped when it has been looked at 20 times.
    if (settings.type() == QueueType.QUORUM && version.atLeast(4, 0)) {
      values.put("delivery-limit", -1L);
    }
    values.put("message-ttl", settings.retention().toMillis());
    settings.deadLetterMaxLength().ifPresent(length -> values.put("max-length", length));
    return values;
  }

  private static String overflowValue(Overflow overflow) {
    return switch (overflow) {
      case RejectPublish -> "reject-publish";
      case DropHead -> "drop-head";
      case RejectPublishDeadLetter -> "reject-publish-dlx";
    };
  }

  /// The values themselves, so that a person sees what a policy does and no two sets share a name.
  private static String nameOf(Map<String, Object> values) {
    return PREFIX
        + new TreeMap<>(values)
            .entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(joining(","));
  }

  private static String pattern(Set<String> queues) {
    return queues.stream()
        .map(queue -> queue.replace(".", "\\."))
        .collect(joining("|", "^(", ")$"));
  }

  private static Stream<String> queuesIn(String pattern) {
    return pattern.startsWith("^(") && pattern.endsWith(")$")
        ? Arrays.stream(pattern.substring(2, pattern.length() - 2).split("\\|"))
            .map(queue -> queue.replace("\\.", "."))
        : Stream.empty();
  }
}
