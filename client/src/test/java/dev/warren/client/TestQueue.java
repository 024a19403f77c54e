package dev.warren.client;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import dev.warren.model.BrokerBinding;
import dev.warren.model.testing.TestBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Queue `thumbnails` in a vhost of its own, to which exchange `tasks` routes `picture.#`. For the
/// test's thread.
final class TestQueue implements AutoCloseable {
  static final BrokerBinding.Target TARGET = new BrokerBinding.Target("tasks", "picture.uploaded");

  private static final String NAME = "thumbnails";
  private static final Pattern JSON_OBJECT = Pattern.compile("\\{[^{}]*}");
  private static final Pattern JSON_NAME = Pattern.compile("\"name\":\"([^\"]+)\"");

  private final TestBroker broker = TestBroker.withNewVhost();
  private final Connection connection;
  private final Channel channel;

  TestQueue() {
    try {
      var factory = new ConnectionFactory();
      factory.setUri(broker.uri());
      connection = factory.newConnection("test");
      channel = connection.createChannel();
      channel.queueDeclare(NAME, true, false, false, Map.of());
      declareExchange();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  void declareExchange() throws IOException {
    channel.exchangeDeclare(TARGET.exchange(), BuiltinExchangeType.TOPIC, true);
    channel.queueBind(NAME, TARGET.exchange(), "picture.#");
  }

  void deleteExchange() throws IOException {
    channel.exchangeDelete(TARGET.exchange());
  }

  /// A further queue, bound by its name, that rejects what is beyond this length.
  void declareLimited(String name, int maxLength) throws IOException {
    channel.queueDeclare(
        name,
        true,
        false,
        false,
        Map.of("x-max-length", maxLength, "x-overflow", "reject-publish"));
    channel.queueBind(name, TARGET.exchange(), name);
  }

  BrokerBinding binding() {
    return binding(broker.host(), broker.port(), broker.password());
  }

  BrokerBinding bindingWithPassword(String password) {
    return binding(broker.host(), broker.port(), password);
  }

  /// By way of a proxy in front of the broker.
  BrokerBinding bindingThrough(PausableProxy proxy) {
    return binding("127.0.0.1", proxy.port(), broker.password());
  }

  PausableProxy proxy() throws IOException {
    return new PausableProxy(broker.host(), broker.port());
  }

  long length() throws IOException {
    return channel.messageCount(NAME);
  }

  /// Takes the first message; there must be one.
  GetResponse take() throws IOException {
    return Objects.requireNonNull(channel.basicGet(NAME, true), "the queue is empty");
  }

  /// Takes all messages that are in the queue now.
  Set<String> takeIds() throws IOException, InterruptedException {
    var count = Math.toIntExact(length());
    var ids = ConcurrentHashMap.<String>newKeySet();
    var left = new CountDownLatch(count);
    channel.basicConsume(
        NAME,
        true,
        (tag, delivery) -> {
          ids.add(delivery.getProperties().getMessageId());
          left.countDown();
        },
        tag -> {});
    if (!left.await(1, TimeUnit.MINUTES)) {
      throw new IllegalStateException("the queue had fewer messages than it said");
    }
    return ids;
  }

  /// Names of the publishers' connections, as far as the management API knows them already.
  List<String> clientConnections() {
    var path = "/api/vhosts/" + broker.vhost() + "/connections?columns=name,user_provided_name";
    return JSON_OBJECT
        .matcher(broker.call("GET", path, ""))
        .results()
        .map(MatchResult::group)
        .filter(object -> object.contains("\"warren-client\""))
        .flatMap(object -> JSON_NAME.matcher(object).results())
        .map(name -> name.group(1))
        .toList();
  }

  void closeConnection(String name) {
    broker.call("DELETE", "/api/connections/" + TestBroker.encode(name), "");
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    broker.close();
  }

  private BrokerBinding binding(String host, int port, String password) {
    return new BrokerBinding(
        host, port, broker.vhost(), broker.username(), password, Optional.of(TARGET));
  }
}
