package dev.warren.worker.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import dev.warren.worker.Delivery;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// One consumer of a channel. The client calls the handlers, one after another; the channel's owner
/// the rest.
final class FetchingConsumer extends DefaultConsumer {
  private final String tag;
  private final int prefetch;
  private final Source source;
  private final Runnable ended;

  /// Deliveries that are not settled. Written by the client and by whoever settles.
  private final AtomicInteger held = new AtomicInteger();

  /// What consumers of a channel have in common.
  ///
  /// @param sink takes deliveries, at once and on any thread
  record Source(
      String queue,
      SettlementQueue settlements,
      SuccessorPublisher successors,
      Consumer<Delivery> sink) {}

  /// @param prefetch deliveries that it may hold
  /// @param ended run once, after its last delivery
  FetchingConsumer(Channel channel, String tag, int prefetch, Source source, Runnable ended) {
    super(channel);
    this.tag = tag;
    this.prefetch = prefetch;
    this.source = source;
    this.ended = ended;
  }

  /// Known before the client has heard of it from the broker.
  String tag() {
    return tag;
  }

  int prefetch() {
    return prefetch;
  }

  int held() {
    return held.get();
  }

  @Override
  public void handleDelivery(
      String consumerTag, Envelope envelope, BasicProperties properties, byte[] body) {
    held.incrementAndGet();
    source
        .sink()
        .accept(
            new AmqpDelivery(
                envelope, properties, body, source.settlements(), source.successors(), held));
  }

  @Override
  public void handleCancelOk(String consumerTag) {
    ended.run();
  }

  @Override
  public void handleCancel(String consumerTag) {
    ended.run();
    source.settlements().breakOff(Obstacle.cancelled(source.queue()));
  }
}
