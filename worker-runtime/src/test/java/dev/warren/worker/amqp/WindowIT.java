package dev.warren.worker.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.warren.model.QueueType;
import dev.warren.model.testing.TestBroker;
import dev.warren.worker.Delivery;
import dev.warren.worker.testing.TestTopology;
import dev.warren.worker.testing.WorkerConfigurations;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How many deliveries the broker leaves outstanding while the window moves.
class WindowIT {
  private final Queue<Delivery> outstanding = new ConcurrentLinkedQueue<>();
  private int acknowledged;

  @ParameterizedTest
  @EnumSource(QueueType.class)
  void neverMoreAreOutstandingThanTheWindowAllows(QueueType type) throws Exception {
    try (var broker = TestBroker.withNewVhost();
        var topology = TestTopology.declare(broker, type, WorkerConfigurations.PLAN)) {
      topology.publishMany(100);
      var settings = new AmqpSettings(TestTopology.QUEUE, List.of(TestTopology.QUEUE), 5, "pod");
      var source = new AmqpSource(settings, topology::binding, outstanding::add);
      source.start();
      awaitOutstanding(5);

      source.allow(8);
      awaitOutstanding(8);

      source.allow(3);
      await()
          .during(Duration.ofMillis(400))
          .until(
              () -> {
                acknowledge(outstanding.size() - 3);
                return outstanding.size() == 3;
              });

      source.allow(0);
      await().until(() -> !source.isFetching());
      acknowledge(3);
      awaitOutstanding(0);
      assertThat(source.obstacle()).isEmpty();
      int done = acknowledged;

      source.allow(2);
      awaitOutstanding(2);
      source.stopFetching();
      source.close();
      await().until(() -> topology.ready() == 100 - done);
    }
  }

  /// It is that number, and stays so.
  private void awaitOutstanding(int count) {
    await().until(() -> outstanding.size() >= count);
    await().during(Duration.ofMillis(400)).until(() -> outstanding.size() == count);
  }

  private void acknowledge(int count) {
    for (int i = 0; i < count; i++) {
      outstanding.remove().acknowledge();
      acknowledged++;
    }
  }
}
