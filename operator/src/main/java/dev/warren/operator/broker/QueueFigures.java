package dev.warren.operator.broker;

import java.util.OptionalLong;

/// How many messages a queue holds; empty where the broker did not say, which is not zero.
///
/// @param ready waiting for a consumer
/// @param unacknowledged held by consumers
/// @param total all of them; more than both together where a quorum queue holds messages until its
///   dead-letter exchange has taken them
public record QueueFigures(OptionalLong ready, OptionalLong unacknowledged, OptionalLong total) {
  /// Of a queue about which nothing is known.
  public static final QueueFigures UNKNOWN =
      new QueueFigures(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

  /// Of a queue that was declared just now.
  static final QueueFigures ZERO =
      new QueueFigures(OptionalLong.of(0), OptionalLong.of(0), OptionalLong.of(0));

  /// Those of both queues together; unknown where either's is.
  public QueueFigures plus(QueueFigures other) {
    return new QueueFigures(
        sum(ready, other.ready),
        sum(unacknowledged, other.unacknowledged),
        sum(total, other.total));
  }

  private static OptionalLong sum(OptionalLong one, OptionalLong other) {
    return one.isPresent() && other.isPresent()
        ? OptionalLong.of(one.getAsLong() + other.getAsLong())
        : OptionalLong.empty();
  }
}
