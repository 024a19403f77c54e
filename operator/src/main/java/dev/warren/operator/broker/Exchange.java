package dev.warren.operator.broker;

import java.util.Map;

/// A durable exchange.
///
/// @param type as RabbitMQ names it: `topic`, `direct`, `fanout`, …
/// @param arguments as declared; integers are `Long`
public record Exchange(String name, String type, Map<String, Object> arguments) {
  public Exchange {
    arguments = Map.copyOf(arguments);
  }

  /// One without arguments.
  public Exchange(String name, String type) {
    this(name, type, Map.of());
  }
}
