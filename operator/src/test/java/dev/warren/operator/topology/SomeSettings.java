package dev.warren.operator.topology;

import dev.warren.crds.TaskQueueSpec.DeletionPolicy;
import dev.warren.crds.TaskQueueSpec.Overflow;
import dev.warren.model.BrokerNames;
import dev.warren.model.QueueType;
import dev.warren.model.RetryPlan;
import dev.warren.operator.broker.Exchange;
import dev.warren.operator.topology.QueueSettings.DeadLetters;
import dev.warren.operator.topology.QueueSettings.Limits;
import dev.warren.operator.topology.QueueSettings.Place;
import dev.warren.operator.topology.QueueSettings.Route;
import dev.warren.operator.topology.QueueSettings.Shape;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Settings as a TaskQueue with an empty spec has them, and what a test changes of them.
record SomeSettings(
    Place place,
    String queue,
    Shape shape,
    Exchange exchange,
    List<Route> routes,
    Limits limits,
    RetryPlan retry,
    String deadLetterExchange,
    Duration retention) {
  static final Limits NO_LIMITS =
      new Limits(Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), Optional.empty());

  /// Of TaskQueue `media/<queue>` in a vhost of its namespace.
  static SomeSettings of(String queue) {
    return new SomeSettings(
        new Place("media", false),
        queue,
        new Shape(QueueType.QUORUM, OptionalInt.empty(), 1, false, Map.of()),
        new Exchange(BrokerNames.TASK_EXCHANGE, "topic"),
        List.of(new Route(queue, Map.of())),
        NO_LIMITS,
        new RetryPlan(2, Duration.ofSeconds(1), 2, Duration.ofMinutes(10), 0),
        BrokerNames.DEAD_LETTER_EXCHANGE,
        Duration.ofDays(7));
  }

  QueueSettings build() {
    return new QueueSettings(
        "media",
        queue,
        "default",
        place,
        queue,
        shape,
        exchange,
        routes,
        limits,
        retry,
        new DeadLetters(deadLetterExchange, retention, OptionalLong.empty()),
        Duration.ofMinutes(10),
        DeletionPolicy.DeleteIfEmpty,
        false);
  }

  SomeSettings named(String name) {
    return new SomeSettings(
        place, name, shape, exchange, routes, limits, retry, deadLetterExchange, retention);
  }

  SomeSettings classic() {
    return shape(
        QueueType.CLASSIC, shape.priorities(), shape.shards(), shape.singleActiveConsumer());
  }

  SomeSettings priorities(int priorities) {
    return shape(
        shape.type(), OptionalInt.of(priorities), shape.shards(), shape.singleActiveConsumer());
  }

  SomeSettings shards(int shards) {
    return shape(shape.type(), shape.priorities(), shards, shape.singleActiveConsumer());
  }

  SomeSettings singleActiveConsumer() {
    return shape(shape.type(), shape.priorities(), shape.shards(), true);
  }

  SomeSettings arguments(Map<String, Object> arguments) {
    return shaped(
        new Shape(
            shape.type(),
            shape.priorities(),
            shape.shards(),
            shape.singleActiveConsumer(),
            arguments));
  }

  private SomeSettings shape(
      QueueType type, OptionalInt priorities, int shards, boolean singleActiveConsumer) {
    return shaped(new Shape(type, priorities, shards, singleActiveConsumer, shape.arguments()));
  }

  SomeSettings shaped(Shape changed) {
    return new SomeSettings(
        place, queue, changed, exchange, routes, limits, retry, deadLetterExchange, retention);
  }

  SomeSettings shared(boolean shared) {
    return new SomeSettings(
        new Place(place.vhost(), shared),
        queue,
        shape,
        exchange,
        routes,
        limits,
        retry,
        deadLetterExchange,
        retention);
  }

  SomeSettings exchange(String name, String type, Route... routed) {
    return new SomeSettings(
        place,
        queue,
        shape,
        new Exchange(name, type),
        Arrays.asList(routed),
        limits,
        retry,
        deadLetterExchange,
        retention);
  }

  SomeSettings keys(String... keys) {
    return exchange(
        exchange.name(),
        exchange.type(),
        Arrays.stream(keys).map(key -> new Route(key, Map.of())).toArray(Route[]::new));
  }

  SomeSettings limits(Limits changed) {
    return new SomeSettings(
        place, queue, shape, exchange, routes, changed, retry, deadLetterExchange, retention);
  }

  SomeSettings messageTtl(Duration messageTtl) {
    return limits(
        new Limits(
            Optional.of(messageTtl), limits.maxLength(), limits.maxBytes(), limits.overflow()));
  }

  SomeSettings maxLength(long maxLength) {
    return limits(
        new Limits(
            limits.messageTtl(), OptionalLong.of(maxLength), limits.maxBytes(), limits.overflow()));
  }

  SomeSettings overflow(Overflow overflow) {
    return limits(
        new Limits(
            limits.messageTtl(), limits.maxLength(), limits.maxBytes(), Optional.of(overflow)));
  }

  SomeSettings retry(int maxAttempts, double jitter) {
    return new SomeSettings(
        place,
        queue,
        shape,
        exchange,
        routes,
        limits,
        new RetryPlan(maxAttempts, Duration.ofSeconds(1), 2, Duration.ofMinutes(10), jitter),
        deadLetterExchange,
        retention);
  }

  SomeSettings deadLetters(String name, Duration kept) {
    return new SomeSettings(place, queue, shape, exchange, routes, limits, retry, name, kept);
  }
}
