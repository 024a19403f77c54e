package dev.warren.operator.topology;

import dev.warren.crds.TaskQueueSpec.DeletionPolicy;
import dev.warren.crds.TaskQueueSpec.Overflow;
import dev.warren.model.BrokerNames;
import dev.warren.model.DelayLane;
import dev.warren.model.QueueType;
import dev.warren.model.RetryPlan;
import dev.warren.operator.broker.Exchange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A TaskQueue's spec with every default filled in and every text parsed.
///
/// @param namespace of the TaskQueue
/// @param name of the TaskQueue
/// @param broker name of the TaskBroker
/// @param place where the queue lives
/// @param queue its name there
/// @param shape what it cannot change in place
/// @param exchange where producers publish
/// @param routes what the exchange routes to it
/// @param limits bounds on what waits
/// @param retry when a failed task is tried again
/// @param deadLetters what becomes of tasks that are given up
/// @param maxTaskDuration the longest that one attempt may take
/// @param deletionPolicy what becomes of the queue when the TaskQueue is deleted
/// @param manualMigration whether somebody must agree before the queue moves to a new generation
public record QueueSettings(
    String namespace,
    String name,
    String broker,
    Place place,
    String queue,
    Shape shape,
    Exchange exchange,
    List<Route> routes,
    Limits limits,
    RetryPlan retry,
    DeadLetters deadLetters,
    Duration maxTaskDuration,
    DeletionPolicy deletionPolicy,
    boolean manualMigration) {

  /// What a worker takes beyond its task until it has settled it.
  private static final Duration SETTLING = Duration.ofMinutes(5);

  /// Where a queue lives.
  ///
  /// @param shared whether namespaces share the vhost
  public record Place(String vhost, boolean shared) {}

  /// What a queue cannot change in place.
  ///
  /// @param priorities the highest priority
  /// @param shards how many queues share the tasks, at least 1
  /// @param singleActiveConsumer whether one consumer at a time gets tasks
  /// @param arguments further arguments, as RabbitMQ names them
  public record Shape(
      QueueType type,
      OptionalInt priorities,
      int shards,
      boolean singleActiveConsumer,
      Map<String, Object> arguments) {
    public Shape {
      arguments = Map.copyOf(arguments);
    }
  }

  /// What an exchange compares a message with.
  ///
  /// @param arguments of a headers exchange; empty elsewhere
  public record Route(String routingKey, Map<String, Object> arguments) {
    public Route {
      arguments = Map.copyOf(arguments);
    }
  }

  /// Bounds on what waits.
  ///
  /// @param overflow what happens at a bound
  public record Limits(
      Optional<Duration> messageTtl,
      OptionalLong maxLength,
      OptionalLong maxBytes,
      Optional<Overflow> overflow) {}

  /// What becomes of tasks that are given up.
  ///
  /// @param exchange takes them
  /// @param retention how long each is kept
  /// @param maxLength how many are kept
  public record DeadLetters(String exchange, Duration retention, OptionalLong maxLength) {}

  public QueueSettings {
    routes = List.copyOf(routes);
  }

  /// How long a delivery may be outstanding: it may wait in its pod for as long as a task before it
  /// takes, then take as long itself, and is then settled.
  public Duration consumerTimeout() {
    return maxTaskDuration.multipliedBy(2).plus(SETTLING);
  }

  /// The longest tasks for which such a timeout of a broker is enough.
  public static Duration longestTaskFor(Duration consumerTimeout) {
    return consumerTimeout.minus(SETTLING).dividedBy(2);
  }

  /// The vhost where the queue lives.
  public String vhost() {
    return place.vhost();
  }

  /// Kind of the queue, and so of its dead-letter and delay queues.
  public QueueType type() {
    return shape.type();
  }

  /// The namespace in the names of what belongs to all its queues, where namespaces share a vhost.
  public Optional<String> shareOf() {
    return place.shared() ? Optional.of(namespace) : Optional.empty();
  }

  /// The exchange that retries come back by.
  public String returnExchange() {
    return BrokerNames.within(shareOf(), BrokerNames.RETURN_EXCHANGE);
  }

  /// The delay queues that retries of its tasks take.
  public List<DelayLane> delayLanes() {
    return retry.delayLanes(shareOf());
  }

  /// The producer's user in the broker. A namespace holds no dot, so that no two TaskQueues share a
  /// user.
  public String publisher() {
    return publisherOf(namespace, name);
  }

  /// The same for a TaskQueue of this name, whatever its spec says.
  public static String publisherOf(String namespace, String name) {
    return "warren.publisher." + namespace + "." + name;
  }

  /// Name of the Secret for producers.
  public String bindingSecret() {
    return name + "-queue-binding";
  }
}
