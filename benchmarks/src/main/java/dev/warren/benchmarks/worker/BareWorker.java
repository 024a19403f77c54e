package dev.warren.benchmarks.worker;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;

/// What the client library can do at most: takes deliveries on its own thread and acknowledges
/// fifty at once. Its methods are called by the library, one at a time.
final class BareWorker extends DefaultConsumer {
  /// As many as Warren combines at most.
  private static final int BATCH = 50;

  private final CountDownLatch cancelled = new CountDownLatch(1);

  /// Last of the deliveries that are not acknowledged yet, and their number.
  private long last;

  private int unacknowledged;

  private BareWorker(Channel channel) {
    super(channel);
  }

  /// Consumes until SIGTERM; then acknowledges what was delivered, and ends.
  ///
  /// @param arguments the queue and the prefetch; `RABBITMQ_URL` is the broker
  public static void main(String[] arguments) throws Exception {
    var factory = new ConnectionFactory();
    factory.setUri(System.getenv("RABBITMQ_URL"));
    var connection = factory.newConnection("bare");
    var channel = connection.createChannel();
    channel.basicQos(Integer.parseInt(arguments[1]));
    var worker = new BareWorker(channel);
    var tag = channel.basicConsume(arguments[0], false, worker);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> worker.stop(tag), "stop"));
  }

  @Override
  public void handleDelivery(
      String consumerTag, Envelope envelope, BasicProperties properties, byte[] body)
      throws IOException {
    last = envelope.getDeliveryTag();
    unacknowledged++;
    if (unacknowledged == BATCH) {
      acknowledge();
    }
  }

  /// Comes after the last delivery.
  @Override
  public void handleCancelOk(String consumerTag) {
    try {
      acknowledge();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      cancelled.countDown();
    }
  }

  private void acknowledge() throws IOException {
    if (unacknowledged > 0) {
      getChannel().basicAck(last, true);
      unacknowledged = 0;
    }
  }

  /// Called by the thread that stops the process.
  private void stop(String consumerTag) {
    try {
      getChannel().basicCancel(consumerTag);
      cancelled.await();
      getChannel().getConnection().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
