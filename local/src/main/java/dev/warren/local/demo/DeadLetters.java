package dev.warren.local.demo;

import com.rabbitmq.client.ConnectionFactory;
import dev.warren.model.TaskHeaders;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;

/// The tasks in a dead-letter queue, each once, whatever at-least-once delivery made of them.
///
/// @param reasons by task id
record DeadLetters(Map<String, String> reasons) {
  DeadLetters {
    reasons = Map.copyOf(reasons);
  }

  /// Looks at all dead letters and leaves them where they are.
  static DeadLetters read(URI broker, String vhost, String queue)
      throws IOException, TimeoutException {
    var factory = new ConnectionFactory();
    var credentials = broker.getUserInfo().split(":", 2);
    factory.setHost(broker.getHost());
    if (broker.getPort() >= 0) {
      factory.setPort(broker.getPort());
    }
    factory.setUsername(credentials[0]);
    factory.setPassword(credentials[1]);
    factory.setVirtualHost(vhost);
    var reasons = new TreeMap<String, String>();
    // Closing the channel gives back what was fetched and not acknowledged.
    try (var connection = factory.newConnection("demo");
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
}
