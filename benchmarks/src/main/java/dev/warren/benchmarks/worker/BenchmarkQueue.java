package dev.warren.benchmarks.worker;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.warren.model.BrokerBinding;
import dev.warren.model.QueueType;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

/// A durable queue, new and empty, which `close` deletes. For one thread.
final class BenchmarkQueue implements AutoCloseable {
  static final int BODY_BYTES = 256;

  private static final int PERSISTENT = 2;
  private static final int BATCH = 500;

  private final Connection connection;
  private final Channel channel;
  private final String name;
  private final QueueType type;

  private BenchmarkQueue(Connection connection, Channel channel, String name, QueueType type) {
    this.connection = connection;
    this.channel = channel;
    this.name = name;
    this.type = type;
  }

  /// Declares it.
  static BenchmarkQueue declare(BrokerBinding broker, QueueType type)
      throws IOException, TimeoutException {
    var connection = connect(broker);
    var channel = connection.createChannel();
    channel.confirmSelect();
    var name = "benchmark-" + UUID.randomUUID();
    channel.queueDeclare(name, true, false, false, Map.of("x-queue-type", type.argument()));
    return new BenchmarkQueue(connection, channel, name, type);
  }

  String name() {
    return name;
  }

  QueueType type() {
    return type;
  }

  /// What the broker says of itself, "RabbitMQ 4.0.5".
  String brokerVersion() {
    var properties = connection.getServerProperties();
    return properties.get("product") + " " + properties.get("version");
  }

  /// Publishes tasks with the properties that Warren's publisher gives them; returns once the
  /// broker has confirmed all.
  void fill(int messages) throws IOException, InterruptedException, TimeoutException {
    var body = new byte[BODY_BYTES];
    for (int sent = 0; sent < messages; sent++) {
      channel.basicPublish("", name, true, properties(), body);
      if (sent % BATCH == 0) {
        channel.waitForConfirmsOrDie();
      }
    }
    channel.waitForConfirmsOrDie();
  }

  /// How many messages have not been delivered, or have come back.
  int remaining() throws IOException {
    return channel.queueDeclarePassive(name).getMessageCount();
  }

  @Override
  public void close() throws IOException {
    try (connection) {
      channel.queueDelete(name);
    }
  }

  private static BasicProperties properties() {
    return new BasicProperties.Builder()
        .messageId(UUID.randomUUID().toString())
        .type("no-op")
        .contentType("application/octet-stream")
        .timestamp(Date.from(Instant.now()))
        .deliveryMode(PERSISTENT)
        .build();
  }

  private static Connection connect(BrokerBinding broker) throws IOException, TimeoutException {
    var factory = new ConnectionFactory();
    factory.setHost(broker.host());
    factory.setPort(broker.port());
    factory.setVirtualHost(broker.vhost());
    factory.setUsername(broker.username());
    factory.setPassword(broker.password());
    return factory.newConnection("benchmark");
  }
}
