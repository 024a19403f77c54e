package dev.warren.local.operator;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.ShutdownSignalException;
import dev.warren.model.testing.TestBroker;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// A program of a tenant, or of an attacker: it speaks AMQP with the credentials of a binding
/// Secret. Used by one thread.
///
/// Every action has the broker's answer as its result: {@link #ACCEPTED}, or a reply code of AMQP.
final class BoundClient implements AutoCloseable {
  static final int ACCEPTED = AMQP.REPLY_SUCCESS;
  static final int REFUSED = AMQP.ACCESS_REFUSED;

  /// Accepted, but led to no queue.
  static final int UNROUTED = AMQP.NO_ROUTE;

  private static final long CONFIRM_MILLIS = 10_000;

  private final Connection connection;

  /// What is done with a channel of its own.
  interface Action {
    void on(Channel channel) throws Exception;
  }

  private BoundClient(Connection connection) {
    this.connection = connection;
  }

  /// Connects to the vhost of a binding.
  ///
  /// @param binding decoded entries of a Secret
  static BoundClient connect(Map<String, String> binding) throws IOException, TimeoutException {
    return connect(binding, entry(binding, "vhost"));
  }

  /// Connects with the user of a binding, but to another vhost.
  static BoundClient connect(Map<String, String> binding, String vhost)
      throws IOException, TimeoutException {
    var factory = new ConnectionFactory();
    factory.setHost(entry(binding, "host"));
    factory.setPort(Integer.parseInt(entry(binding, "port")));
    factory.setUsername(entry(binding, "username"));
    factory.setPassword(entry(binding, "password"));
    factory.setVirtualHost(vhost);
    factory.setAutomaticRecoveryEnabled(false);
    return new BoundClient(factory.newConnection());
  }

  /// Connects as the broker's administrator.
  static BoundClient connect(TestBroker broker, String vhost) throws IOException, TimeoutException {
    return connect(
        Map.of(
            "host", broker.host(),
            "port", Integer.toString(broker.port()),
            "username", broker.username(),
            "password", broker.password()),
        vhost);
  }

  /// Messages that wait in a queue, at this moment.
  long count(String queue) {
    try (var channel = connection.createChannel()) {
      return channel.messageCount(queue);
    } catch (IOException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  int publish(String exchange, String key) {
    return publish(exchange, key, Map.of());
  }

  int publish(String exchange, String key, Map<String, Object> headers) {
    var returned = new AtomicBoolean();
    var answer =
        answerTo(
            channel -> {
              channel.confirmSelect();
              channel.addReturnListener(message -> returned.set(true));
              var properties =
                  MessageProperties.PERSISTENT_BASIC.builder().headers(headers).build();
              channel.basicPublish(exchange, key, true, properties, new byte[] {'{', '}'});
              channel.waitForConfirmsOrDie(CONFIRM_MILLIS);
            });
    return returned.get() ? UNROUTED : answer;
  }

  int answerTo(Action action) {
    try (var channel = connection.createChannel()) {
      action.on(channel);
      return ACCEPTED;
    } catch (ShutdownSignalException e) {
      return code(e);
    } catch (IOException e) {
      if (e.getCause() instanceof ShutdownSignalException signal) {
        return code(signal);
      }
      throw new AssertionError(e);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }

  private static int code(ShutdownSignalException signal) {
    return signal.getReason() instanceof AMQP.Channel.Close close
        ? close.getReplyCode()
        : ((AMQP.Connection.Close) signal.getReason()).getReplyCode();
  }

  private static String entry(Map<String, String> binding, String key) {
    return Objects.requireNonNull(binding.get(key), key);
  }
}
