package dev.warren.local.demo;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import dev.warren.crds.TaskQueueStatus;
import dev.warren.model.TaskHeaders;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;

/// The queues of a TaskQueue in RabbitMQ, as the broker's administrator sees them. For one thread.
///
/// @param broker AMQP URL with user and password
/// @param queues those that hold tasks
/// @param deadLetters the dead-letter queue
record ExampleQueue(URI broker, String vhost, List<String> queues, String deadLetters) {
  /// Where the status of a TaskQueue that is ready says they are.
  static ExampleQueue of(URI broker, TaskQueueStatus ready) {
    return new ExampleQueue(
        broker,
        Objects.requireNonNull(ready.vhost()),
        Objects.requireNonNull(ready.queues()),
        Objects.requireNonNull(ready.deadLetterQueue()));
  }

  /// Deletes the messages that an earlier run left in a broker that outlived its platform.
  ///
  /// @return how many
  int purge() throws IOException, TimeoutException {
    try (var connection = connect();
        var channel = connection.createChannel()) {
      var deleted = channel.queuePurge(deadLetters).getMessageCount();
      for (var queue : queues) {
        deleted += channel.queuePurge(queue).getMessageCount();
      }
      return deleted;
    }
  }

  /// Looks at all dead letters and leaves them where they are.
  ///
  /// @return the reason of each task
  Collection<String> reasons() throws IOException, TimeoutException {
    var reasons = new TreeMap<String, String>();
    // Closing the channel gives back what was fetched and not acknowledged.
    try (var connection = connect();
        var channel = connection.createChannel()) {
      for (var letter = channel.basicGet(deadLetters, false);
          letter != null;
          letter = channel.basicGet(deadLetters, false)) {
        reasons.put(id(letter), reason(letter));
      }
    }
    return reasons.values();
  }

  /// A task without an id can't be told to be the same as another.
  private static String id(GetResponse letter) {
    var id = letter.getProps().getMessageId();
    return id == null ? "without id " + letter.getEnvelope().getDeliveryTag() : "id " + id;
  }

  private static String reason(GetResponse letter) {
    var headers =
        Objects.requireNonNullElse(letter.getProps().getHeaders(), Map.<String, Object>of());
    return String.valueOf(headers.getOrDefault(TaskHeaders.ERROR_MESSAGE, "no reason given"));
  }

  /// Leaves the password out.
  @Override
  public String toString() {
    return "ExampleQueue[%s in vhost '%s']".formatted(queues, vhost);
  }

  private Connection connect() throws IOException, TimeoutException {
    var factory = new ConnectionFactory();
    var credentials = broker.getUserInfo().split(":", 2);
    factory.setHost(broker.getHost());
    if (broker.getPort() >= 0) {
      factory.setPort(broker.getPort());
    }
    factory.setUsername(credentials[0]);
    factory.setPassword(credentials[1]);
    factory.setVirtualHost(vhost);
    return factory.newConnection("demo");
  }
}
