package dev.warren.benchmarks.worker.contestant;

import com.rabbitmq.client.Channel;
import java.net.URI;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.ImmediateRequeueAmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.DirectMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.api.ChannelAwareMessageListener;

/// A process of Spring AMQP, without Spring Boot. As it is by default: its simple container with as
/// many consumers as tasks may run at once, and its prefetch of 250 for each. Tuned: its direct
/// container on virtual threads, which acknowledges several at once, with the prefetch of the
/// others shared out among its consumers.
public final class SpringWorker {
  private static final int MESSAGES_PER_ACK = 50;

  private SpringWorker() {}

  /// Consumes until SIGTERM.
  ///
  /// @param arguments `default` or `tuned`
  public static void main(String[] arguments) {
    var assignment = Assignment.read(System.getenv());
    var connections = new CachingConnectionFactory(URI.create(assignment.broker()));
    var container =
        arguments[0].equals("tuned")
            ? tuned(connections, assignment)
            : byDefault(connections, assignment);
    container.setQueueNames(assignment.queue());
    container.setMessageListener(listener(Job.of(assignment)));
    container.afterPropertiesSet();
    container.start();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  container.stop();
                  connections.destroy();
                },
                "stop"));
  }

  private static AbstractMessageListenerContainer byDefault(
      CachingConnectionFactory connections, Assignment assignment) {
    var container = new SimpleMessageListenerContainer(connections);
    container.setConcurrentConsumers(assignment.consumers());
    return container;
  }

  private static AbstractMessageListenerContainer tuned(
      CachingConnectionFactory connections, Assignment assignment) {
    connections.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    var container = new DirectMessageListenerContainer(connections);
    var consumers = assignment.consumers();
    var prefetch = Math.max(2, assignment.prefetch() / consumers);
    container.setConsumersPerQueue(consumers);
    container.setPrefetchCount(prefetch);
    container.setMessagesPerAck(Math.clamp(prefetch / 2, 1, MESSAGES_PER_ACK));
    return container;
  }

  /// Spring asks for the redelivery of a failed task at once.
  private static ChannelAwareMessageListener listener(Job job) {
    return new ChannelAwareMessageListener() {
      @Override
      public void onMessage(Message message, @Nullable Channel channel) throws Exception {
        var redelivered = Boolean.TRUE.equals(message.getMessageProperties().getRedelivered());
        if (!job.run(message.getBody(), !redelivered)) {
          throw new ImmediateRequeueAmqpException("failed once");
        }
      }
    };
  }
}
