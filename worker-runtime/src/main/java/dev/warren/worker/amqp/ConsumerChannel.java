package dev.warren.worker.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.warren.worker.Delivery;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/// One channel with the consumers of one queue, until it breaks. The thread that opened it owns it:
/// it alone calls {@link #consume}, {@link #serve} and {@link #close}, which use the channel.
/// Others ask by way of the settlements.
final class ConsumerChannel {
  private static final Duration LONGEST_REST = Duration.ofMinutes(1);

  private final Channel channel;
  private final SettlementQueue settlements;
  private final Consumers consumers;

  /// Opens a channel. Deliveries don't come before {@link #consume}.
  ///
  /// @param consumerTag what the tags of its consumers begin with
  /// @param window deliveries that the broker may have outstanding on it, 0 for no consumer; call
  ///   {@link #followWindow} when it changes
  /// @param sink takes deliveries, at once and on threads of the client's
  ConsumerChannel(
      Connection connection,
      String queue,
      String consumerTag,
      IntSupplier window,
      SuccessorPublisher successors,
      Consumer<Delivery> sink)
      throws IOException {
    this.settlements = new SettlementQueue(window.getAsInt());
    this.channel =
        connection.openChannel().orElseThrow(() -> new IOException("no channel is free"));
    var source = new FetchingConsumer.Source(queue, settlements, successors, sink);
    this.consumers = new Consumers(channel, consumerTag, source, window);
    channel.addShutdownListener(signal -> settlements.breakOff(Obstacle.of(signal)));
  }

  /// Starts the flow of deliveries, if the window is open.
  void consume() throws IOException {
    consumers.follow();
  }

  /// Whether deliveries may still come: false only once the last one has.
  boolean isFetching() {
    return consumers.isFetching();
  }

  /// Settles what tasks ask for and follows the window until the channel breaks, and says why;
  /// nothing if it was finished.
  ///
  /// A consumer is cancelled before settlements are sent that would let the broker deliver more.
  ///
  /// @param cancelled run when the broker has agreed to end the flow of deliveries
  Optional<Obstacle> serve(Runnable cancelled) throws IOException, InterruptedException {
    var fetching = true;
    var rest = Duration.ZERO;
    while (true) {
      var work = settlements.take(rest);
      if (work.broken().isPresent()) {
        return work.broken();
      }
      if (work.cancel()) {
        fetching = false;
        rest = LONGEST_REST;
        consumers.cancelAll();
        cancelled.run();
      }
      if (fetching) {
        rest = consumers.follow();
      }
      settle(work);
      if (work.close()) {
        return Optional.empty();
      }
    }
  }

  /// Says that the window has changed. By any thread, as the next three.
  void followWindow() {
    settlements.wake();
  }

  /// Asks for the end of deliveries.
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

  private void settle(SettlementQueue.Work work) throws IOException {
    for (var tag : work.giveBack()) {
      channel.basicNack(tag, false, true);
    }
    for (var acknowledgement : work.acknowledge()) {
      channel.basicAck(acknowledgement.tag(), acknowledgement.multiple());
    }
  }
}
