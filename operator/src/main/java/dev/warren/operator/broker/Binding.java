package dev.warren.operator.broker;

import java.util.Map;

/// A binding of a queue, or of another exchange, to an exchange.
///
/// @param exchange where messages come from
/// @param kind what `destination` names
/// @param destination where they go
/// @param routingKey what the exchange compares with a message's; the weight on a consistent-hash
///   exchange
/// @param arguments what a headers exchange compares with a message's headers; integers are `Long`
public record Binding(
    String exchange,
    Kind kind,
    String destination,
    String routingKey,
    Map<String, Object> arguments) {

  /// What a binding can lead to.
  public enum Kind {
    /// A queue.
    QUEUE,
    /// Another exchange.
    EXCHANGE
  }

  public Binding {
    arguments = Map.copyOf(arguments);
  }

  /// A binding of a queue without arguments.
  public Binding(String exchange, String queue, String routingKey) {
    this(exchange, Kind.QUEUE, queue, routingKey, Map.of());
  }

  /// The same binding, of something else.
  public Binding to(Kind newKind, String newDestination) {
    return new Binding(exchange, newKind, newDestination, routingKey, arguments);
  }
}
