package dev.warren.benchmarks.topology;

import com.rabbitmq.client.Channel;
import dev.warren.benchmarks.platform.RabbitMq;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

/// The limit: how fast a broker takes declares that a client pipelines on one channel and waits for
/// once, at the end. For one thread.
///
/// @param broker where
/// @param shared what is declared once
/// @param own what is declared for each queue
/// @param placeholder the name that stands in `own` for that of the queue
record BareDeclares(RabbitMq broker, Topology shared, Topology own, String placeholder) {
  /// Declares everything in a vhost of its own, which is gone afterwards.
  ///
  /// @param names of the queues
  /// @return how long it took, without the vhost
  Duration time(List<String> names) throws IOException, InterruptedException, TimeoutException {
    var vhost = "benchmark-" + UUID.randomUUID();
    broker.createVhost(vhost);
    try (var connection = broker.connect(vhost);
        var channel = connection.createChannel()) {
      var start = System.nanoTime();
      declare(channel, shared);
      for (var name : names) {
        declare(channel, own.renamed(placeholder, name));
      }
      // A channel does one thing after another: when it answers, all before is done.
      channel.queueDeclarePassive(
          own.queues().getLast().name().replace(placeholder, names.getLast()));
      return Duration.ofNanos(System.nanoTime() - start);
    } finally {
      broker.deleteVhost(vhost);
    }
  }

  private static void declare(Channel channel, Topology topology) throws IOException {
    for (var exchange : topology.exchanges()) {
      channel.exchangeDeclareNoWait(
          exchange.name(), exchange.type(), true, false, false, exchange.arguments());
    }
    for (var queue : topology.queues()) {
      channel.queueDeclareNoWait(queue.name(), true, false, false, queue.arguments());
    }
    for (var binding : topology.bindings()) {
      channel.queueBindNoWait(
          binding.queue(), binding.exchange(), binding.key(), binding.arguments());
    }
  }
}
