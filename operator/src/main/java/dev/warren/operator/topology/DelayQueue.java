package dev.warren.operator.topology;

import dev.warren.model.DelayLane;
import dev.warren.model.QueueType;
import dev.warren.operator.broker.Queue;
import java.util.HashMap;

/// The queue of a delay lane. Pure.
final class DelayQueue {
  private DelayQueue() {}

  /// One that gives its messages to this exchange when their time is over.
  static Queue of(DelayLane lane, String returnExchange) {
    var arguments = new HashMap<String, Object>();
    arguments.put("x-queue-type", lane.type().argument());
    arguments.put("x-message-ttl", lane.timeToLive().toMillis());
    arguments.put("x-dead-letter-exchange", returnExchange);
    if (lane.type() == QueueType.QUORUM) {
      // At-least-once dead-lettering needs reject-publish, else it is silently at most once.
      arguments.put("x-dead-letter-strategy", "at-least-once");
      arguments.put("x-overflow", "reject-publish");
    }
    return new Queue(lane.name(), arguments);
  }
}
