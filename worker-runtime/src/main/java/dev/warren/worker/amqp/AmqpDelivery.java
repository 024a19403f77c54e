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
import org.jspecify.annotations.Nullable;

/// A delivery of one channel, and settled on that channel only. Its methods may be called by any
/// thread.
final class AmqpDelivery implements Delivery {
  private final Envelope envelope;
  private final BasicProperties properties;
  private final byte[] body;
  private final SettlementQueue settlements;
  private final SuccessorPublisher successors;

  /// Guarded by this object's monitor: set by the first settlement.
  private boolean settled;

  AmqpDelivery(
      com.rabbitmq.client.Delivery delivery,
      SettlementQueue settlements,
      SuccessorPublisher successors) {
    this.envelope = delivery.getEnvelope();
    this.properties = delivery.getProperties();
    this.body = delivery.getBody();
    this.settlements = settlements;
    this.successors = successors;
  }

  @Override
  public MessageProperties properties() {
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

  @Override
  public byte[] body() {
    return body;
  }

  @Override
  public synchronized boolean isOutstanding() {
    return !settled && !settlements.isBroken();
  }

  @Override
  public void acknowledge() {
    if (settle()) {
      settlements.acknowledge(envelope.getDeliveryTag());
    }
  }

  @Override
  public void giveBack() {
    if (settle()) {
      settlements.giveBack(envelope.getDeliveryTag());
    }
  }

  /// Nothing is published for a message that the broker has taken back: it would run twice.
  @Override
  public boolean publish(Successor successor) throws InterruptedException {
    return isOutstanding() && successors.publish(successor, properties, body);
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
