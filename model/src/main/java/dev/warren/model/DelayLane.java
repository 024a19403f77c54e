package dev.warren.model;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A way back into a task queue that takes a fixed time: a fanout exchange and, under the same
/// name, one queue whose messages expire after {@link #timeToLive()} and return by {@link
/// BrokerNames#RETURN_EXCHANGE}.
///
/// The name decides the time, so lanes of the same name can be shared by every retry plan of a
/// vhost. A lane above 0 makes the delay longer by a tenth for each step, which is how jitter is
/// spread without a TTL per message: that would block behind the queue's head.
///
/// Its queue is a quorum queue whatever the task queue is: only that gives messages on at least
/// once, and a classic one loses them when its broker crashes.
///
/// @param delay the planned delay, whole milliseconds, at least one
/// @param lane 0 to {@link #MAX_LANE}
/// @param namespace whose it is, in a vhost that namespaces share
public record DelayLane(Duration delay, int lane, Optional<String> namespace) {
  /// The last lane, half as long again as the planned delay.
  public static final int MAX_LANE = 5;

  public DelayLane {
    if (delay.toMillis() < 1 || lane < 0 || lane > MAX_LANE) {
      throw new IllegalArgumentException("no such delay lane: %s, lane %d".formatted(delay, lane));
    }
  }

  /// One of a vhost of one namespace.
  public DelayLane(Duration delay, int lane) {
    this(delay, lane, Optional.empty());
  }

  /// Name of the exchange and of its queue: `warren.delay.<ms>.<lane>`, ending in `@<namespace>`
  /// where namespaces share a vhost.
  public String name() {
    return BrokerNames.within(namespace, BrokerNames.DELAY_PREFIX + delay.toMillis() + "." + lane);
  }

  /// How long a task stays in this lane.
  public Duration timeToLive() {
    return delay.plus(delay.multipliedBy(lane).dividedBy(10));
  }

  /// Arguments of its queue.
  ///
  /// @param returnExchange what gives its messages back to their task queues
  public Map<String, Object> arguments(String returnExchange) {
    // Without reject-publish, dead-lettering is silently at most once.
    return Map.of(
        "x-queue-type",
        QueueType.QUORUM.argument(),
        "x-message-ttl",
        timeToLive().toMillis(),
        "x-dead-letter-exchange",
        returnExchange,
        "x-dead-letter-strategy",
        "at-least-once",
        "x-overflow",
        "reject-publish");
  }
}
