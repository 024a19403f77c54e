package dev.warren.benchmarks.worker.contestant;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Consumer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executors;

/// A process with nothing but the client library: what a worker may cost at least.
public final class BareClient {
  private BareClient() {}

  /// A consumer that can come to its end.
  interface Ending extends Consumer {
    /// Returns when all that was delivered is settled; called after the consumer was cancelled.
    void finish() throws IOException, InterruptedException;
  }

  /// Consumes until SIGTERM; then settles what was delivered, and ends.
  ///
  /// @param arguments `batched` for a {@link BatchedLoop}, `single` for a {@link ThreadPerTask}
  public static void main(String[] arguments) throws Exception {
    var assignment = Assignment.read(System.getenv());
    var factory = new ConnectionFactory();
    factory.setUri(assignment.broker());
    factory.setSharedExecutor(Executors.newVirtualThreadPerTaskExecutor());
    var channel = factory.newConnection(arguments[0]).createChannel();
    channel.basicQos(assignment.prefetch());
    var consumer =
        switch (arguments[0]) {
          case "batched" -> new BatchedLoop(channel, Job.of(assignment));
          case "single" -> new ThreadPerTask(channel, Job.of(assignment), assignment.concurrency());
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    var tag = channel.basicConsume(assignment.queue(), false, consumer);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(channel, tag, consumer), "stop"));
  }

  private static void stop(Channel channel, String tag, Ending consumer) {
    try {
      channel.basicCancel(tag);
      consumer.finish();
      channel.getConnection().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
