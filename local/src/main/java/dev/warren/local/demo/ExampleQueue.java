package dev.warren.local.demo;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.warren.model.BrokerNames;
import dev.warren.model.TaskHeaders;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;

/// The example's queue and its dead-letter queue, as the broker's administrator sees them. For one
/// thread.
///
/// @param broker AMQP URL with user and password
/// @param name of the queue
record ExampleQueue(URI broker, String vhost, String name) {
  /// Deletes the messages that an earlier run left in a broker that outlived its platform.
  ///
  /// @return how many
  int purge() throws IOException, TimeoutException {
    try (var connection = connect();
        var channel = connection.createChannel()) {
      return channel.queuePurge(name).getMessageCount()
          + channel.queuePurge(BrokerNames.deadLetterQueue(name)).getMessageCount();
    }
  }

  /// Looks at all dead letters and leaves them where they are.
  DeadLetters deadLetters() throws IOException, TimeoutException {
    var queue = BrokerNames.deadLetterQueue(name);
    var reasons = new TreeMap<String, String>();
    // Closing the channel gives back what was fetched and not acknowledged.
    try (var connection = connect();
        var channel = connection.createChannel()) {
      for (var letter = channel.basicGet(queue, false);
          letter != null;
          letter = channel.basicGet(queue, false)) {
        var headers =
            Objects.requireNonNullElse(letter.getProps().getHeaders(), Map.<String, Object>of());
        reasons.put(
            String.valueOf(letter.getProps().getMessageId()),
            String.valueOf(headers.getOrDefault(TaskHeaders.ERROR_MESSAGE, "no reason given")));
      }
    }
    return new DeadLetters(reasons);
  }

  /// Leaves the password out.
  @Override
  public String toString() {
    return "ExampleQueue[%s in vhost '%s']".formatted(name, vhost);
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
