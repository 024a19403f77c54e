package dev.warren.benchmarks.worker.contestant;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// What tasks that take time need at least: a virtual thread for each delivery, which acknowledges
/// that delivery alone, or gives it back if the task fails.
final class ThreadPerTask extends DefaultConsumer implements BareClient.Ending {
  private final Job job;
  private final Semaphore permits;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// @param concurrency tasks that run at once
  ThreadPerTask(Channel channel, Job job, int concurrency) {
    super(channel);
    this.job = job;
    permits = new Semaphore(concurrency);
  }

  @Override
  public void handleDelivery(
      String consumerTag, Envelope envelope, BasicProperties properties, byte[] body) {
    threads.execute(() -> run(envelope, body));
  }

  @Override
  public void finish() {
    threads.close();
  }

  private void run(Envelope envelope, byte[] body) {
    try {
      permits.acquire();
      try {
        settle(envelope, job.run(body, !envelope.isRedeliver()));
      } finally {
        permits.release();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void settle(Envelope envelope, boolean done) throws IOException {
    if (done) {
      getChannel().basicAck(envelope.getDeliveryTag(), false);
    } else {
      getChannel().basicNack(envelope.getDeliveryTag(), false, true);
    }
  }
}
