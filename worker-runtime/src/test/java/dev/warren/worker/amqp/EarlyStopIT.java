package dev.warren.worker.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.model.QueueType;
import dev.warren.model.testing.TestBroker;
import dev.warren.worker.Delivery;
import dev.warren.worker.testing.TestTopology;
import dev.warren.worker.testing.WorkerConfigurations;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/// A stop that comes with the first delivery, when the source's thread may not yet have heard that
/// it consumes.
class EarlyStopIT {
  private static final int ROUNDS = 20;
  private static final int TASKS = 20;

  @Test
  void takesNoDeliveryFromTheTasksThatRun() throws Exception {
    try (var broker = TestBroker.withNewVhost();
        var topology = TestTopology.declare(broker, QueueType.CLASSIC, WorkerConfigurations.PLAN)) {
      topology.publishMany(TASKS);
      int left = TASKS;
      for (int round = 0; round < ROUNDS && left > 0; round++) {
        left -= stopAtTheFirst(topology, left);
      }
    }
  }

  /// Settles what was delivered before the stop, and says how many that were.
  private static int stopAtTheFirst(TestTopology topology, int left) throws Exception {
    Queue<Delivery> running = new ConcurrentLinkedQueue<>();
    var settings = new AmqpSettings(TestTopology.QUEUE, List.of(TestTopology.QUEUE), 1, "pod");
    var source = new AmqpSource(settings, topology::binding, running::add);
    source.start();
    while (running.isEmpty()) {
      Thread.onSpinWait(); // any slower, and the source's thread has heard
    }

    source.stopFetching();

    assertThat(topology.ready()).isEqualTo(left - running.size());
    running.forEach(Delivery::acknowledge);
    source.close();
    assertThat(topology.ready()).isEqualTo(left - running.size());
    return running.size();
  }
}
