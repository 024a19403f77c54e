package dev.warren.benchmarks.worker.contestant;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;

/// The limit: runs each task where the library delivers it, and acknowledges fifty at once. Its
/// methods are called by the library, one at a time, but for `finish`.
final class BatchedLoop extends DefaultConsumer implements BareClient.Ending {
  /// As many as Warren combines at most.
  private static final int BATCH = 50;

  private final Job job;
  private final CountDownLatch cancelled = new CountDownLatch(1);

  /// Last of the deliveries that are not acknowledged yet, and their number.
  private long last;

  private int unacknowledged;

  BatchedLoop(Channel channel, Job job) {
    super(channel);
    this.job = job;
  }

  @Override
  public void handleDelivery(
      String consumerTag, Envelope envelope, BasicProperties properties, byte[] body)
      throws IOException {
    try {
      job.run(body, true);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return;
    }
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

  @Override
  public void finish() throws InterruptedException {
    cancelled.await();
  }

  private void acknowledge() throws IOException {
    if (unacknowledged > 0) {
      getChannel().basicAck(last, true);
      unacknowledged = 0;
    }
  }
}
