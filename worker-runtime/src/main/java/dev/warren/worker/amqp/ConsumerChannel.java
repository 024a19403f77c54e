package dev.warren.worker.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.warren.worker.Delivery;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// One channel with one consumer, until it breaks. The thread that opened it owns it: it alone
/// calls {@link #consume}, {@link #serve} and {@link #close}, which use the channel. Others ask by
/// way of the settlements.
final class ConsumerChannel {
  private final Channel channel;
  private final String queue;
  private final String consumerTag;
  private final int prefetch;
  private final SettlementQueue settlements;

  /// Opens a channel. Deliveries don't come before {@link #consume}.
  ///
  /// @param prefetch deliveries that the broker may have outstanding on it
  ConsumerChannel(Connection connection, String queue, String consumerTag, int prefetch)
      throws IOException {
    this.queue = queue;
    this.consumerTag = consumerTag;
    this.prefetch = prefetch;
    this.settlements = new SettlementQueue(prefetch);
    this.channel =
        connection.openChannel().orElseThrow(() -> new IOException("no channel is free"));
    channel.addShutdownListener(signal -> settlements.breakOff(Obstacle.of(signal)));
  }

  /// Starts the flow of deliveries, which are handed to `sink` on threads of the client's.
  void consume(SuccessorPublisher successors, Consumer<Delivery> sink) throws IOException {
    channel.basicQos(prefetch);
    channel.basicConsume(
        queue,
        false,
        consumerTag,
        false,
        false,
        Map.of(),
        (_, delivery) -> {
          settlements.deliver(delivery.getEnvelope().getDeliveryTag());
          sink.accept(new AmqpDelivery(delivery, settlements, successors));
        },
        _ -> settlements.breakOff(Obstacle.cancelled(queue)),
        (_, _) -> {});
  }

  /// Settles what tasks ask for until the channel breaks, and says why; nothing if it was finished.
  ///
  /// @param cancelled run when the broker has agreed to end the flow of deliveries
  Optional<Obstacle> serve(Runnable cancelled) throws IOException, InterruptedException {
    while (true) {
      var work = settlements.take();
      if (work.broken().isPresent()) {
        return work.broken();
      }
      for (var tag : work.giveBack()) {
        channel.basicNack(tag, false, true);
      }
      for (var acknowledgement : work.acknowledge()) {
        channel.basicAck(acknowledgement.tag(), acknowledgement.multiple());
      }
      if (work.cancel()) {
        channel.basicCancel(consumerTag);
        cancelled.run();
      }
      if (work.close()) {
        return Optional.empty();
      }
    }
  }

  /// Asks for the end of deliveries. By any thread, as the next two.
  void cancel() {
    settlements.cancel();
  }

  /// Ends {@link #serve} when everything asked before is sent.
  void finish() {
    settlements.close();
  }

  /// Ends {@link #serve} now.
  void breakOff(Obstacle reason) {
    settlements.breakOff(reason);
  }

  /// Closes the channel; the broker has then seen all that was sent, and takes back the rest.
  void close() {
    breakOff(Obstacle.of("the channel is closed"));
    try {
      channel.close();
    } catch (IOException | TimeoutException | ShutdownSignalException _) {
      // A broken channel has nothing more to send.
    }
  }
}
