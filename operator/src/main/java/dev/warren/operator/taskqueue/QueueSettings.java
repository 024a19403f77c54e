package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskQueueSpec.DeletionPolicy;
import dev.warren.crds.TaskQueueSpec.Overflow;
import dev.warren.model.DelayLane;
import dev.warren.model.QueueType;
import dev.warren.model.RetryPlan;
import dev.warren.operator.broker.Exchange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A TaskQueue's spec with every default filled in and every text parsed.
///
/// @param namespace of the TaskQueue
/// @param name of the TaskQueue
/// @param broker name of the TaskBroker
/// @param vhost where the queue lives
/// @param queue its name there
/// @param priorities the highest priority
/// @param overflow what happens at a limit
/// @param retention how long a dead letter is kept
public record QueueSettings(
    String namespace,
    String name,
    String broker,
    String vhost,
    String queue,
    QueueType type,
    Exchange exchange,
    List<String> routingKeys,
    OptionalInt priorities,
    Limits limits,
    Optional<Overflow> overflow,
    RetryPlan retry,
    String deadLetterExchange,
    Duration retention,
    OptionalLong deadLetterMaxLength,
    Duration maxTaskDuration,
    DeletionPolicy deletionPolicy) {

  /// Bounds on what waits.
  public record Limits(
      Optional<Duration> messageTtl, OptionalLong maxLength, OptionalLong maxBytes) {}

  public QueueSettings {
    routingKeys = List.copyOf(routingKeys);
  }

  /// The delay queues that retries of its tasks take.
  public List<DelayLane> delayLanes() {
    return retry.delayLanes(type);
  }

  /// The producer's user in the broker. A namespace holds no dot, so that no two TaskQueues share a
  /// user.
  public String publisher() {
    return "warren.publisher." + namespace + "." + name;
  }

  /// Name of the Secret for producers.
  public String bindingSecret() {
    return name + "-queue-binding";
  }
}
