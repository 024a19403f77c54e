package dev.warren.local.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Specs by chance, all of which a broker takes and none of which gives up a task for want of room
/// or time. For one thread.
final class RandomSpecs {
  private final Random random;

  /// Whether the broker knows priorities of quorum queues.
  private final boolean quorumPriorities;

  RandomSpecs(Random random, boolean quorumPriorities) {
    this.random = random;
    this.quorumPriorities = quorumPriorities;
  }

  /// Of a TaskQueue that takes what is published with its name.
  String queue(String name) {
    var fields = new ArrayList<String>();
    var type = oneOf("Classic", "Quorum");
    fields.add("type: " + type);
    fields.add(oneOf("shards: 1", "shards: 1", "shards: 2", "shards: 3"));
    if (type.equals("Classic") || quorumPriorities) {
      maybe(fields, "priorities: " + oneOf("3", "5"));
    }
    maybe(fields, "singleActiveConsumer: true");
    maybe(fields, "routingKeys: [%1$s, %1$s.%2$s]".formatted(name, oneOf("new", "*", "#")));
    maybe(fields, "messageTtl: " + oneOf("1h", "2h"));
    maybe(fields, "maxBytes: " + oneOf("100000000", "200000000"));
    maybe(fields, "overflow: " + oneOf("RejectPublish", "DropHead"));
    fields.add(retry());
    fields.add(deadLetter(name));
    fields.add("maxTaskDuration: 1m");
    return String.join(", ", fields);
  }

  /// Of a TaskQueue as it should be in the end. Those of one type get the same values from
  /// policies, whatever was there before.
  String lastQueue(String type) {
    return "type: %s, shards: %s, %s, maxTaskDuration: 1m"
        .formatted(type, oneOf("1", "2"), retry());
  }

  /// Of a TaskWorker.
  String worker(String queue) {
    return worker(queue, random.nextInt(3), 1 + random.nextInt(8));
  }

  /// Of a TaskWorker with so many pods, and so many tasks at a time in each.
  static String worker(String queue, int replicas, int concurrency) {
    return "queue: %s, replicas: %d, concurrency: %d, %s"
        .formatted(queue, replicas, concurrency, HandlerImage.HANDLER);
  }

  private String retry() {
    return "retry: {maxAttempts: %s, initialDelay: %s, multiplier: %s, maxDelay: 1s, jitter: %s}"
        .formatted(
            oneOf("2", "3", "4"), oneOf("200ms", "500ms"), oneOf("1", "2"), oneOf("0", "0.1"));
  }

  private String deadLetter(String name) {
    return "deadLetter: {exchange: %s, retention: %s}"
        .formatted(oneOf("warren.dead-letter", "failed", name + ".failed"), oneOf("1d", "2d"));
  }

  private void maybe(List<String> fields, String field) {
    if (random.nextInt(4) == 0) {
      fields.add(field);
    }
  }

  private String oneOf(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
