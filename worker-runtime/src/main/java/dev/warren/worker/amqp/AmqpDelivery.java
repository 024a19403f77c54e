package dev.warren.worker.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;
import dev.warren.worker.Delivery;
import dev.warren.worker.MessageProperties;
import dev.warren.worker.Successor;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A delivery of one channel, and settled on that channel only. Its methods may be called by any
/// thread.
final class AmqpDelivery implements Delivery {
  private final Envelope envelope;
  private final BasicProperties properties;
  private final byte[] body;
  private final SettlementQueue settlements;
  private final SuccessorPublisher successors;
  private final AtomicInteger held;
  private final Redeliveries redeliveries;

  /// Read from the client's form when it is first asked for; two threads may do so, with equal
  /// results.
  private @Nullable MessageProperties read;

  /// Guarded by this object's monitor: set by the first settlement.
  private boolean settled;

  /// @param held counts what its consumer has outstanding, this delivery included
  AmqpDelivery(
      Envelope envelope,
      BasicProperties properties,
      byte[] body,
      SettlementQueue settlements,
      SuccessorPublisher successors,
      AtomicInteger held) {
    this.envelope = envelope;
    this.properties = properties;
    this.body = body;
    this.settlements = settlements;
    this.successors = successors;
    this.held = held;
    this.redeliveries = Redeliveries.of(envelope.isRedeliver(), properties.getHeaders());
  }

  @Override
  public MessageProperties properties() {
    var known = read;
    if (known == null) {
      known = readProperties();
      read = known;
    }
    return known;
  }

  @Override
  public byte[] body() {
    return body;
  }

  @Override
  public int priority() {
    var priority = properties.getPriority();
    return priority == null ? 0 : priority;
  }

  @Override
  public int redeliveries() {
    return redeliveries.count();
  }

  @Override
  public boolean isCounted() {
    return redeliveries.counted();
  }

  @Override
  public synchronized boolean isOutstanding() {
    return !settled && !settlements.isBroken();
  }

  @Override
  public void acknowledge() {
    if (settle()) {
      held.decrementAndGet();
      settlements.acknowledge(envelope.getDeliveryTag());
    }
  }

  @Override
  public void giveBack() {
    if (settle()) {
      held.decrementAndGet();
      settlements.giveBack(envelope.getDeliveryTag());
    }
  }

  /// Nothing is published for a message that the broker has taken back: it would run twice.
  @Override
  public boolean publish(Successor successor) throws InterruptedException {
    return isOutstanding() && successors.publish(successor, properties, body);
  }

  private MessageProperties readProperties() {
    return new MessageProperties(
        envelope.getExchange(),
        envelope.getRoutingKey(),
        properties.getMessageId(),
        properties.getType(),
        properties.getContentType(),
        properties.getPriority(),
        Optional.ofNullable(properties.getTimestamp()).map(Date::toInstant).orElse(null),
        headers());
  }

  private Map<String, @Nullable Object> headers() {
    var headers = properties.getHeaders();
    return headers == null ? Map.of() : new HashMap<String, @Nullable Object>(headers);
  }

  private synchronized boolean settle() {
    var first = !settled;
    settled = true;
    return first;
  }
}
