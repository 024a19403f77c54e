package dev.warren.local.operator;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.MessageProperties;
import dev.warren.model.BrokerBinding;
import dev.warren.model.testing.TestBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A producer that publishes all the time, and an account of what became of its messages.
///
/// Each is confirmed and `mandatory`; one that the broker could route nowhere is counted as lost,
/// because a migration must not show to producers.
final class Traffic implements AutoCloseable {
  private static final String LAST = "last";

  private final Connection connection;
  private final Thread producer;
  private final CountDownLatch stopping = new CountDownLatch(1);

  /// Numbers of confirmed messages, and of returned ones. Written by the client's and the
  /// producer's thread.
  private final Collection<Integer> published = new ConcurrentLinkedQueue<>();

  private final Collection<Integer> returned = ConcurrentHashMap.newKeySet();
  private final Collection<Exception> failures = new ConcurrentLinkedQueue<>();

  private Traffic(Connection connection, String exchange, String routingKey, Duration pause) {
    this.connection = connection;
    producer =
        Thread.ofVirtual().name("producer").start(() -> produce(exchange, routingKey, pause));
  }

  /// Begins to publish to an exchange with a key.
  static Traffic start(TestBroker broker, String exchange, String routingKey)
      throws IOException, TimeoutException {
    return start(broker, broker.vhost(), exchange, routingKey, Duration.ZERO);
  }

  /// The same in another vhost of the broker.
  ///
  /// @param pause between two messages
  static Traffic start(
      TestBroker broker, String vhost, String exchange, String routingKey, Duration pause)
      throws IOException, TimeoutException {
    return new Traffic(connect(broker, vhost), exchange, routingKey, pause);
  }

  /// Begins to publish what a producer would that knows nothing but a TaskQueue's Secret.
  ///
  /// @param binding decoded entries of the Secret
  /// @param pause between two messages
  static Traffic start(Map<String, String> binding, Duration pause)
      throws IOException, TimeoutException {
    var found = BrokerBinding.parse(binding);
    var factory = new ConnectionFactory();
    factory.setHost(found.host());
    factory.setPort(found.port());
    factory.setVirtualHost(found.vhost());
    factory.setUsername(found.username());
    factory.setPassword(found.password());
    var target = found.target().orElseThrow();
    return new Traffic(factory.newConnection(), target.exchange(), target.routingKey(), pause);
  }

  static Connection connect(TestBroker broker) throws IOException, TimeoutException {
    return connect(broker, broker.vhost());
  }

  private static Connection connect(TestBroker broker, String vhost)
      throws IOException, TimeoutException {
    var factory = new ConnectionFactory();
    factory.setHost(broker.host());
    factory.setPort(broker.port());
    factory.setVirtualHost(vhost);
    factory.setUsername(broker.username());
    factory.setPassword(broker.password());
    return factory.newConnection();
  }

  /// How many were published so far.
  int count() {
    return published.size();
  }

  /// Stops publishing; the numbers of all messages that the broker has taken, in their order.
  List<Integer> stop() throws InterruptedException {
    stopping.countDown();
    producer.join();
    if (!failures.isEmpty() || !returned.isEmpty()) {
      throw new AssertionError(
          "the producer noticed: %d returned, failures %s".formatted(returned.size(), failures));
    }
    return List.copyOf(published);
  }

  /// Fails if not each message was taken out once; says which were not.
  static void assertEachOnce(Collection<Integer> taken, Collection<Integer> published) {
    var times = taken.stream().collect(groupingBy(identity(), TreeMap::new, counting()));
    var lost = published.stream().filter(number -> !times.containsKey(number)).toList();
    assertThat(lost).as("lost, of %d", published.size()).isEmpty();
    times.values().removeIf(count -> count == 1);
    assertThat(times).as("taken more than once, of %d", published.size()).isEmpty();
    assertThat(taken).as("taken").hasSameSizeAs(published);
  }

  /// Takes every message out of a queue; their numbers, in their order.
  static List<Integer> drain(TestBroker broker, String queue) throws IOException, TimeoutException {
    return drain(broker, broker.vhost(), queue);
  }

  /// The same in another vhost of the broker.
  static List<Integer> drain(TestBroker broker, String vhost, String queue)
      throws IOException, TimeoutException {
    try (var connection = connect(broker, vhost);
        var channel = connection.createChannel()) {
      var consumer = new Draining(channel);
      // The last of those that are there: a busy quorum queue says at times that it holds none.
      channel.basicPublish(
          "", queue, MessageProperties.PERSISTENT_BASIC, LAST.getBytes(StandardCharsets.UTF_8));
      var tag = channel.basicConsume(queue, true, consumer);
      await()
          .atMost(TestCluster.PATIENCE)
          .until(() -> consumer.last && channel.messageCount(queue) == 0);
      channel.basicCancel(tag);
      await().until(() -> consumer.cancelled);
      return List.copyOf(consumer.numbers);
    }
  }

  /// Not by fetching: from a quorum queue with a single active consumer nobody may. The client
  /// calls it for one delivery after another, and after the last one says that it is cancelled.
  private static final class Draining extends DefaultConsumer {
    private final Collection<Integer> numbers = new ConcurrentLinkedQueue<>();
    private volatile boolean last;
    private volatile boolean cancelled;

    Draining(Channel channel) {
      super(channel);
    }

    @Override
    public void handleDelivery(
        String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
      var content = new String(body, StandardCharsets.UTF_8);
      if (content.equals(LAST)) {
        last = true;
      } else {
        numbers.add(Integer.valueOf(content));
      }
    }

    @Override
    public void handleCancelOk(String tag) {
      cancelled = true;
    }
  }

  private void produce(String exchange, String routingKey, Duration pause) {
    try (var channel = connection.createChannel()) {
      channel.confirmSelect();
      channel.addReturnListener(
          returnedMessage ->
              returned.add(
                  Integer.valueOf(new String(returnedMessage.getBody(), StandardCharsets.UTF_8))));
      for (int number = 0; !stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS); number++) {
        publish(channel, exchange, routingKey, number);
      }
    } catch (IOException | TimeoutException | InterruptedException e) {
      failures.add(e);
    }
  }

  private void publish(Channel channel, String exchange, String routingKey, int number)
      throws IOException, InterruptedException, TimeoutException {
    channel.basicPublish(
        exchange,
        routingKey,
        true,
        properties(number),
        Integer.toString(number).getBytes(StandardCharsets.UTF_8));
    channel.waitForConfirmsOrDie(30_000);
    published.add(number);
  }

  private static AMQP.BasicProperties properties(int number) {
    return MessageProperties.PERSISTENT_BASIC.builder().messageId("task-" + number).build();
  }

  @Override
  public void close() throws IOException {
    stopping.countDown();
    connection.close();
  }
}
