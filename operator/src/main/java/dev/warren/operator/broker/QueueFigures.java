package dev.warren.operator.broker;

import java.util.OptionalLong;

/// How many messages a queue holds; empty where the broker did not say, which is not zero.
///
/// @param ready waiting for a consumer
/// @param unacknowledged held by consumers
public record QueueFigures(OptionalLong ready, OptionalLong unacknowledged) {
  /// Of a queue about which nothing is known.
  public static final QueueFigures UNKNOWN =
      new QueueFigures(OptionalLong.empty(), OptionalLong.empty());

  /// Both together; empty unless both are known.
  public OptionalLong total() {
    return ready.isPresent() && unacknowledged.isPresent()
        ? OptionalLong.of(ready.getAsLong() + unacknowledged.getAsLong())
        : OptionalLong.empty();
  }
}
