package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskQueueSpec.Overflow;
import dev.warren.model.QueueType;
import dev.warren.operator.broker.BrokerFeatures;
import dev.warren.operator.resource.Verdict;
import dev.warren.operator.topology.QueueSettings;
import java.util.Optional;

/// What settings ask for that this broker cannot do; says which could. Pure.
final class UnsupportedSettings {
  /// The highest priority of a quorum queue (rabbitmq.com/docs/quorum-queues, 4.3).
  private static final int MAX_QUORUM_PRIORITY = 31;

  /// An earlier version than 3.12 takes it silently.
  private static final String CONSUMER_TIMEOUT = "x-consumer-timeout";

  private static final String DELAYED_RETRY = "x-delayed-retry-";

  private UnsupportedSettings() {}

  static Optional<Verdict> find(QueueSettings settings, BrokerFeatures features) {
    var shape = settings.shape();
    var version = features.version();
    var quorum = shape.type() == QueueType.QUORUM;
    if (quorum && shape.priorities().isPresent() && !version.atLeast(4, 0)) {
      return refuse(
          "spec.priorities on a Quorum queue needs RabbitMQ 4.0 or later, this is %s; set spec.type to Classic"
              .formatted(version.text()));
    }
    if (quorum && shape.priorities().orElse(0) > MAX_QUORUM_PRIORITY) {
      return refuse(
          "spec.priorities is %d, but no version of RabbitMQ has more than %d on a Quorum queue; lower it, or set spec.type to Classic"
              .formatted(shape.priorities().getAsInt(), MAX_QUORUM_PRIORITY));
    }
    if (quorum
        && settings.limits().overflow().equals(Optional.of(Overflow.RejectPublishDeadLetter))) {
      return refuse(
          "spec.overflow RejectPublishDeadLetter works on Classic queues only, in every version of RabbitMQ; use RejectPublish"
              + " or DropHead, or set spec.type to Classic");
    }
    if (shape.shards() > 1 && !features.exchangeTypes().contains("x-consistent-hash")) {
      return refuse(
          "spec.shards needs RabbitMQ's plugin rabbitmq_consistent_hash_exchange; ask the owner of the TaskBroker to enable it,"
              + " or set spec.shards to 1");
    }
    if (shape.arguments().containsKey(CONSUMER_TIMEOUT) && !version.atLeast(3, 12)) {
      return refuse(
          "spec.arguments has %s, which needs RabbitMQ 3.12 or later, this is %s; leave it out"
              .formatted(CONSUMER_TIMEOUT, version.text()));
    }
    return shape.arguments().keySet().stream()
        .filter(name -> name.startsWith(DELAYED_RETRY) && !version.atLeast(4, 3))
        .sorted()
        .findFirst()
        .flatMap(
            name ->
                refuse(
                    "spec.arguments has %s, which needs RabbitMQ 4.3 or later, this is %s; leave it out and use spec.retry"
                        .formatted(name, version.text())));
  }

  private static Optional<Verdict> refuse(String message) {
    return Optional.of(Verdict.notReady("UnsupportedByBroker", message));
  }
}
