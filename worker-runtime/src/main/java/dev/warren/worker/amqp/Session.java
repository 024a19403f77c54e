package dev.warren.worker.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.warren.worker.Delivery;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// Two connections to a broker and what hangs on them, until one of them breaks. The thread that
/// opened a session serves and closes it, and alone uses the consuming channel; other threads call
/// {@link #stopFetching} and {@link #finish}.
final class Session {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final AmqpSettings settings;
  private final Connection consuming;
  private final Connection publishing;
  private final Channel channel;
  private final SuccessorPublisher successors;
  private final SettlementQueue settlements;
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private final String consumerTag;

  /// Takes over both connections. Deliveries don't come before {@link #consume}.
  Session(AmqpSettings settings, Connection consuming, Connection publishing) throws IOException {
    this.settings = settings;
    this.consuming = consuming;
    this.publishing = publishing;
    this.consumerTag = settings.pod() + "." + settings.queue();
    this.settlements = new SettlementQueue(settings.prefetch());
    consuming.addShutdownListener(this::breakOff);
    publishing.addShutdownListener(this::breakOff);
    this.successors = new SuccessorPublisher(open(publishing));
    this.channel = open(consuming);
  }

  /// Starts the flow of deliveries, which are handed to `sink` on threads of the client's.
  void consume(Consumer<Delivery> sink) throws IOException {
    channel.basicQos(settings.prefetch());
    channel.basicConsume(
        settings.queue(),
        false,
        consumerTag,
        false,
        false,
        Map.of(),
        (_, delivery) -> {
          settlements.deliver(delivery.getEnvelope().getDeliveryTag());
          sink.accept(new AmqpDelivery(delivery, settlements, successors));
        },
        _ -> breakOff(Obstacle.cancelled(settings.queue())),
        (_, _) -> {});
  }

  /// Settles what tasks ask for until the session breaks, and says why; nothing if it was finished.
  Optional<String> serve() throws IOException, InterruptedException {
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
        cancelled.countDown();
      }
      if (work.close()) {
        return Optional.empty();
      }
    }
  }

  /// Ends the flow of deliveries and waits until the broker has agreed or the session is broken.
  void stopFetching() throws InterruptedException {
    settlements.cancel();
    cancelled.await();
  }

  /// Ends {@link #serve} when everything asked before is sent.
  void finish() {
    settlements.close();
  }

  /// Closes both connections; on a sound one the broker has then seen all that was sent.
  void close() {
    breakOff("the session is closed");
    try {
      channel.close();
    } catch (IOException | TimeoutException | ShutdownSignalException _) {
      // A broken channel has nothing more to send.
    }
    consuming.abort((int) CLOSE_TIMEOUT.toMillis());
    publishing.abort((int) CLOSE_TIMEOUT.toMillis());
  }

  private Channel open(Connection connection) throws IOException {
    var opened = connection.openChannel().orElseThrow(() -> new IOException("no channel is free"));
    opened.addShutdownListener(this::breakOff);
    return opened;
  }

  private void breakOff(ShutdownSignalException signal) {
    breakOff(Obstacle.describe(signal));
  }

  private void breakOff(String reason) {
    settlements.breakOff(reason);
    successors.breakOff();
    cancelled.countDown();
  }
}
