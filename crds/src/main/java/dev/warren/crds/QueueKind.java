package dev.warren.crds;

/// The kind of a queue in RabbitMQ.
public enum QueueKind {
  /// Replicated by Raft.
  Quorum,
  /// On one node.
  Classic
}
