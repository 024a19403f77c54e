package dev.warren.benchmarks.worker;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.warren.benchmarks.harness.BenchmarkException;
import dev.warren.model.BrokerNames;
import dev.warren.model.QueueType;
import dev.warren.model.RetryPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A durable queue for one contestant, with the way back for its retries; `close` deletes all that.
/// Tasks are persistent and numbered from 0. For one thread.
final class TaskFeed implements AutoCloseable {
  /// How a task is tried again: soon, on the shortest lane.
  static final RetryPlan RETRY =
      new RetryPlan(3, Duration.ofMillis(20), 1, Duration.ofMillis(20), 0);

  private static final int PERSISTENT = 2;

  /// Tasks that may be without the broker's confirmation.
  private static final int UNCONFIRMED = 1_000;

  private static final Duration INTERVAL = Duration.ofMillis(20);

  private final Channel channel;
  private final String name = "benchmark-" + UUID.randomUUID();
  private final TaskForm form;

  /// How a contestant wants its tasks.
  enum TaskForm {
    /// The number in eight bytes, and padding.
    BYTES,
    /// A call of a Celery task with the number and padding, in version 2 of its protocol.
    CELERY
  }

  private TaskFeed(Channel channel, TaskForm form) {
    this.channel = channel;
    this.form = form;
  }

  /// Declares it.
  static TaskFeed declare(Connection connection, QueueType type, TaskForm form) throws IOException {
    var channel = connection.createChannel();
    channel.confirmSelect();
    var feed = new TaskFeed(channel, form);
    var arguments = Map.<String, Object>of("x-queue-type", type.argument());
    channel.queueDeclare(feed.name, true, false, false, arguments);
    channel.exchangeDeclare(BrokerNames.RETURN_EXCHANGE, "direct", true);
    channel.queueBind(feed.name, BrokerNames.RETURN_EXCHANGE, feed.name);
    for (var lane : RETRY.delayLanes()) {
      channel.exchangeDeclare(lane.name(), "fanout", true);
      channel.queueDeclare(
          lane.name(), true, false, false, lane.arguments(BrokerNames.RETURN_EXCHANGE));
      channel.queueBind(lane.name(), lane.name(), "");
    }
    return feed;
  }

  String name() {
    return name;
  }

  /// Publishes the tasks from 0; returns once the broker has confirmed all.
  void fill(int tasks, int bytes) throws IOException, InterruptedException, TimeoutException {
    for (int task = 0; task < tasks; task++) {
      publish(task, bytes);
      if (task % UNCONFIRMED == UNCONFIRMED - 1) {
        confirm();
      }
    }
    confirm();
  }

  /// Publishes one task, and does not wait.
  void publish(long task, int bytes) throws IOException {
    switch (form) {
      case BYTES ->
          channel.basicPublish(
              "", name, true, properties(), ByteBuffer.allocate(bytes).putLong(0, task).array());
      case CELERY -> channel.basicPublish("", name, true, call(), celery(task, bytes));
    }
  }

  /// Waits until the broker has confirmed all that was published.
  void confirm() throws IOException, InterruptedException, TimeoutException {
    channel.waitForConfirmsOrDie();
  }

  /// Tasks that have not been delivered, or have come back.
  int remaining() throws IOException {
    return channel.queueDeclarePassive(name).getMessageCount();
  }

  /// Waits for so many consumers.
  ///
  /// @param process who must be running
  void awaitConsumers(int consumers, ContestantProcess process, Duration timeout)
      throws IOException, InterruptedException {
    var deadline = System.nanoTime() + timeout.toNanos();
    while (channel.queueDeclarePassive(name).getConsumerCount() < consumers) {
      process.requireRunning();
      if (System.nanoTime() - deadline > 0) {
        throw new BenchmarkException(
            "%s does not consume after %s".formatted(process.contestant().text(), timeout));
      }
      TimeUnit.NANOSECONDS.sleep(INTERVAL.toNanos());
    }
  }

  /// Deletes the queue, and with it what is in it.
  @Override
  public void close() throws IOException, TimeoutException {
    try (channel) {
      channel.queueDelete(name);
    }
  }

  /// Those that Warren's publisher gives.
  private static BasicProperties properties() {
    return new BasicProperties.Builder()
        .messageId(UUID.randomUUID().toString())
        .type("benchmark")
        .contentType("application/octet-stream")
        .timestamp(Date.from(Instant.now()))
        .deliveryMode(PERSISTENT)
        .build();
  }

  private static BasicProperties call() {
    var id = UUID.randomUUID().toString();
    return new BasicProperties.Builder()
        .correlationId(id)
        .contentType("application/json")
        .contentEncoding("utf-8")
        .headers(Map.of("lang", "py", "task", "benchmark", "id", id, "root_id", id))
        .deliveryMode(PERSISTENT)
        .build();
  }

  private static byte[] celery(long task, int bytes) {
    var padding = new char[bytes];
    Arrays.fill(padding, 'x');
    var embedded = "{\"callbacks\":null,\"errbacks\":null,\"chain\":null,\"chord\":null}";
    return "[[%d,\"%s\"],{},%s]"
        .formatted(task, new String(padding), embedded)
        .getBytes(StandardCharsets.UTF_8);
  }
}
