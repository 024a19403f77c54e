package dev.warren.model;

/// The kind of a queue in RabbitMQ.
public enum QueueType {
  /// Replicated by Raft; survives the loss of a minority of nodes.
  QUORUM("quorum"),
  /// On one node; the only kind with as many as 255 priorities.
  CLASSIC("classic");

  private final String argument;

  QueueType(String argument) {
    this.argument = argument;
  }

  /// The value of the queue argument `x-queue-type`.
  public String argument() {
    return argument;
  }
}
