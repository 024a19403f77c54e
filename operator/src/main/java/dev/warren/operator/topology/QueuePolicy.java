package dev.warren.operator.topology;

import dev.warren.crds.TaskQueueSpec.Overflow;
import dev.warren.model.QueueType;
import dev.warren.operator.broker.BrokerVersion;
import java.util.Map;
import java.util.TreeMap;

/// The settings of a queue that may change at any time, as keys of a policy. Pure.
final class QueuePolicy {
  /// After as many returns of a task from crashed or stopped workers it is dead-lettered, instead
  /// of vanishing at a default that differs by version.
  private static final long DELIVERY_LIMIT = 20;

  private QueuePolicy() {}

  /// Of a queue of tasks.
  ///
  /// @param type of this queue; a generation that is about to go has another than the settings
  static Map<String, Object> ofTasks(
      QueueSettings settings, QueueType type, BrokerVersion version) {
    var values = new TreeMap<String, Object>();
    var limits = settings.limits();
    limits.messageTtl().ifPresent(ttl -> values.put("message-ttl", ttl.toMillis()));
    limits.maxLength().ifPresent(length -> values.put("max-length", length));
    limits.maxBytes().ifPresent(bytes -> values.put("max-length-bytes", bytes));
    limits.overflow().ifPresent(overflow -> values.put("overflow", value(overflow)));
    if (type == QueueType.QUORUM) {
      values.put("delivery-limit", DELIVERY_LIMIT);
      values.putIfAbsent("overflow", value(Overflow.RejectPublish));
      if (values.get("overflow").equals(value(Overflow.RejectPublish))) {
        values.put("dead-letter-strategy", "at-least-once");
      }
    }
    if (version.atLeast(3, 12)) {
      values.put("consumer-timeout", settings.consumerTimeout().toMillis());
    }
    return values;
  }

  /// Of a queue of dead letters.
  static Map<String, Object> ofDeadLetters(
      QueueSettings settings, QueueType type, BrokerVersion version) {
    var values = new TreeMap<String, Object>();
    // From 4.0 on, a dead letter would be dropped when it has been looked at 20 times.
    if (type == QueueType.QUORUM && version.atLeast(4, 0)) {
      values.put("delivery-limit", -1L);
    }
    values.put("message-ttl", settings.deadLetters().retention().toMillis());
    settings.deadLetters().maxLength().ifPresent(length -> values.put("max-length", length));
    return values;
  }

  private static String value(Overflow overflow) {
    return switch (overflow) {
      case RejectPublish -> "reject-publish";
      case DropHead -> "drop-head";
      case RejectPublishDeadLetter -> "reject-publish-dlx";
    };
  }
}
