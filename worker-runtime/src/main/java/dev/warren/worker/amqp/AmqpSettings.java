package dev.warren.worker.amqp;

import java.util.List;

/// What to consume.
///
/// @param queue name of the task queue, for logs
/// @param sources names of the queues to consume
/// @param prefetch deliveries that the broker may have outstanding here, from all sources together,
///   until the engine says another number
/// @param pod name of this pod: its connections and consumers are named after it
public record AmqpSettings(String queue, List<String> sources, int prefetch, String pod) {
  public AmqpSettings {
    sources = List.copyOf(sources);
  }

  /// Each source's part of a window, rounded up: with more sources than deliveries, one each.
  int windowOfSource(int window) {
    return Math.ceilDiv(window, sources.size());
  }
}
