package dev.warren.operator.taskqueue;

import dev.warren.model.BrokerNames;
import dev.warren.model.DelayLane;
import dev.warren.model.QueueType;
import dev.warren.operator.broker.Binding;
import dev.warren.operator.broker.Exchange;
import dev.warren.operator.broker.Queue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The exchanges, queues and bindings that one task queue needs, in an order in which they can be
/// declared. Pure.
///
/// @param queues the task queue itself last, so that nothing is delivered before a failure has
///   somewhere to go
record DesiredTopology(List<Exchange> exchanges, List<Queue> queues, List<Binding> bindings) {
  static DesiredTopology of(QueueSettings settings) {
    var exchanges = new ArrayList<Exchange>();
    var queues = new ArrayList<Queue>();
    var bindings = new ArrayList<Binding>();

    exchanges.add(settings.exchange());
    exchanges.add(new Exchange(BrokerNames.RETURN_EXCHANGE, "direct"));
    exchanges.add(new Exchange(settings.deadLetterExchange(), "direct"));
    for (var lane : settings.delayLanes()) {
      exchanges.add(new Exchange(lane.name(), "fanout"));
      queues.add(delayQueue(lane));
      bindings.add(new Binding(lane.name(), lane.name(), ""));
    }
    var deadLetters = BrokerNames.deadLetterQueue(settings.queue());
    queues.add(new Queue(deadLetters, Map.of("x-queue-type", settings.type().argument())));
    queues.add(taskQueue(settings));
    bindings.add(new Binding(settings.deadLetterExchange(), deadLetters, settings.queue()));
    bindings.add(new Binding(BrokerNames.RETURN_EXCHANGE, settings.queue(), settings.queue()));
    for (var key : settings.routingKeys()) {
      bindings.add(new Binding(settings.exchange().name(), settings.queue(), key));
    }
    return new DesiredTopology(exchanges, queues, bindings);
  }

  private static Queue taskQueue(QueueSettings settings) {
    var arguments = new HashMap<String, Object>();
    arguments.put("x-queue-type", settings.type().argument());
    arguments.put("x-dead-letter-exchange", settings.deadLetterExchange());
    arguments.put("x-dead-letter-routing-key", settings.queue());
    // Quorum queues that know priorities take them without an argument, and refuse one.
    if (settings.type() == QueueType.CLASSIC && settings.priorities().isPresent()) {
      arguments.put("x-max-priority", (long) settings.priorities().getAsInt());
    }
    return new Queue(settings.queue(), arguments);
  }

  private static Queue delayQueue(DelayLane lane) {
    var arguments = new HashMap<String, Object>();
    arguments.put("x-queue-type", lane.type().argument());
    arguments.put("x-message-ttl", lane.timeToLive().toMillis());
    arguments.put("x-dead-letter-exchange", BrokerNames.RETURN_EXCHANGE);
    if (lane.type() == QueueType.QUORUM) {
      // At-least-once dead-lettering needs reject-publish, else it is silently at most once.
      arguments.put("x-dead-letter-strategy", "at-least-once");
      arguments.put("x-overflow", "reject-publish");
    }
    return new Queue(lane.name(), arguments);
  }
}
