package dev.warren.worker.testing;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import dev.warren.model.BrokerBinding;
import dev.warren.model.BrokerNames;
import dev.warren.model.DelayLane;
import dev.warren.model.QueueType;
import dev.warren.model.RetryPlan;
import dev.warren.model.testing.TestBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the operator would declare for one task queue, in a vhost of the test's own, and a
/// producer's view of it. For one thread.
public final class TestTopology implements AutoCloseable {
  /// Name of the task queue, and the routing key bound to it.
  public static final String QUEUE = "resize";

  private final TestBroker broker;
  private final QueueType type;
  private final Connection connection;
  private final Channel channel;

  private TestTopology(TestBroker broker, QueueType type) throws Exception {
    this.broker = broker;
    this.type = type;
    var factory = new ConnectionFactory();
    factory.setUri(broker.uri());
    connection = factory.newConnection("test");
    channel = connection.createChannel();
    channel.confirmSelect();
  }

  /// Declares everything.
  public static TestTopology declare(TestBroker broker, QueueType type, RetryPlan plan)
      throws Exception {
    var topology = new TestTopology(broker, type);
    topology.declareQueue();
    topology.declareDelays(plan);
    return topology;
  }

  /// How a worker reaches the vhost.
  public BrokerBinding binding() {
    return new BrokerBinding(
        broker.host(),
        broker.port(),
        broker.vhost(),
        broker.username(),
        broker.password(),
        Optional.empty());
  }

  /// The task queue and its dead-letter queue, which may be there already.
  public void declareQueue() throws Exception {
    channel.exchangeDeclare(BrokerNames.TASK_EXCHANGE, BuiltinExchangeType.TOPIC, true);
    channel.exchangeDeclare(BrokerNames.DEAD_LETTER_EXCHANGE, BuiltinExchangeType.DIRECT, true);
    channel.exchangeDeclare(BrokerNames.RETURN_EXCHANGE, BuiltinExchangeType.DIRECT, true);
    channel.queueDeclare(QUEUE, true, false, false, Map.of("x-queue-type", type.argument()));
    channel.queueBind(QUEUE, BrokerNames.TASK_EXCHANGE, QUEUE);
    channel.queueBind(QUEUE, BrokerNames.RETURN_EXCHANGE, QUEUE);
    var deadLetters = BrokerNames.deadLetterQueue(QUEUE);
    channel.queueDeclare(deadLetters, true, false, false, Map.of("x-queue-type", type.argument()));
    channel.queueBind(deadLetters, BrokerNames.DEAD_LETTER_EXCHANGE, QUEUE);
  }

  /// Deletes the task queue with what it holds.
  public void deleteQueue() throws Exception {
    channel.queueDelete(QUEUE);
  }

  /// A further queue to consume, durable and with these arguments, in the place of one that is
  /// gone.
  public void declareSource(String name, Map<String, Object> arguments) throws Exception {
    channel.queueDeclare(name, true, false, false, arguments);
  }

  /// Leads tasks that workers send back to this queue.
  public void returnTo(String source) throws Exception {
    channel.queueBind(source, BrokerNames.RETURN_EXCHANGE, QUEUE);
    channel.queueUnbind(QUEUE, BrokerNames.RETURN_EXCHANGE, QUEUE);
  }

  /// Deletes a queue with what it holds.
  public void deleteSource(String name) throws Exception {
    channel.queueDelete(name);
  }

  /// Publishes tasks straight to a queue, with ids of its name and a number, and waits for their
  /// confirms.
  public void publishTo(String source, int count) throws Exception {
    for (int number = 0; number < count; number++) {
      var properties =
          new BasicProperties.Builder().messageId(source + "-" + number).deliveryMode(2).build();
      channel.basicPublish("", source, properties, new byte[] {'{', '}'});
    }
    channel.waitForConfirmsOrDie(60_000);
  }

  /// Messages that are ready in a queue.
  public long ready(String source) throws Exception {
    return channel.messageCount(source);
  }

  /// Consumes a queue without settling anything, until the channel is closed.
  ///
  /// @param exclusive whether nobody else may consume it meanwhile
  public Channel occupy(String source, boolean exclusive) throws Exception {
    var occupying = connection.createChannel();
    occupying.basicQos(1);
    occupying.basicConsume(
        source, false, "", false, exclusive, Map.of(), (_, _) -> {}, _ -> {}, (_, _) -> {});
    return occupying;
  }

  /// Unbinds the dead-letter queue, so that dead letters can't be routed.
  public void unbindDeadLetters() throws Exception {
    channel.queueUnbind(
        BrokerNames.deadLetterQueue(QUEUE), BrokerNames.DEAD_LETTER_EXCHANGE, QUEUE);
  }

  /// Publishes a body with no properties at all, and waits for the confirm.
  public void publish(String body) throws Exception {
    publish(body.getBytes(StandardCharsets.UTF_8), new BasicProperties());
  }

  /// Publishes a task and waits for the confirm.
  public void publish(byte[] body, BasicProperties properties) throws Exception {
    channel.basicPublish(BrokerNames.TASK_EXCHANGE, QUEUE, true, properties, body);
    channel.waitForConfirmsOrDie(60_000);
  }

  /// Publishes many tasks that differ in their id, `0` to `count - 1`.
  public void publishMany(int count) throws Exception {
    for (int id = 0; id < count; id++) {
      var properties =
          new BasicProperties.Builder().messageId(Integer.toString(id)).deliveryMode(2).build();
      channel.basicPublish(
          BrokerNames.TASK_EXCHANGE, QUEUE, properties, "{}".getBytes(StandardCharsets.UTF_8));
    }
    channel.waitForConfirmsOrDie(60_000);
  }

  /// Messages that are ready in the task queue.
  public long ready() throws Exception {
    return channel.messageCount(QUEUE);
  }

  /// Messages in the dead-letter queue.
  public long deadLetters() throws Exception {
    return channel.messageCount(BrokerNames.deadLetterQueue(QUEUE));
  }

  /// Takes what is in the dead-letter queue now.
  public List<GetResponse> takeDeadLetters() throws Exception {
    return take(BrokerNames.deadLetterQueue(QUEUE));
  }

  /// Takes what is ready in the task queue now.
  public List<GetResponse> takeTasks() throws Exception {
    return take(QUEUE);
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }

  private List<GetResponse> take(String queue) throws Exception {
    var taken = new ArrayList<GetResponse>();
    for (var next = channel.basicGet(queue, true);
        next != null;
        next = channel.basicGet(queue, true)) {
      taken.add(next);
    }
    return taken;
  }

  /// The delays of this plan.
  public void declareDelays(RetryPlan plan) throws Exception {
    for (DelayLane lane : plan.delayLanes()) {
      channel.exchangeDeclare(lane.name(), BuiltinExchangeType.FANOUT, true);
      channel.queueDeclare(
          lane.name(), true, false, false, lane.arguments(BrokerNames.RETURN_EXCHANGE));
      channel.queueBind(lane.name(), lane.name(), "");
    }
  }
}
