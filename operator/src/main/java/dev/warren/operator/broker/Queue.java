package dev.warren.operator.broker;

import dev.warren.model.QueueType;
import java.util.Map;

/// A durable queue.
///
/// An argument that begins with `x-warren-` is a note of Warren's: RabbitMQ keeps and lists what it
/// does not know, and does not compare it.
///
/// @param arguments as declared; integers are `Long`; `x-queue-type` is always present, and
///   `declared` says how if not to stay
public record Queue(String name, Map<String, Object> arguments) {
  public Queue {
    arguments = Map.copyOf(arguments);
  }

  /// Its kind; streams and others count as classic.
  public QueueType type() {
    return QueueType.QUORUM.argument().equals(arguments.get("x-queue-type"))
        ? QueueType.QUORUM
        : QueueType.CLASSIC;
  }
}
