package dev.warren.worker.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.warren.model.QueueType;
import dev.warren.model.testing.TestBroker;
import dev.warren.worker.Outcome;
import dev.warren.worker.TaskStatus;
import dev.warren.worker.testing.TestTopology;
import dev.warren.worker.testing.WorkerConfigurations;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A worker of several queues, of which any may come and go.
class SourcesIT {
  private static final String OLD = "resize.0";
  private static final String NEW = "resize.1";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private TestBroker broker;
  private TestTopology topology;

  /// Ids of the tasks that were run, in their order; filled by handlers.
  private final Queue<String> ran = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void open() throws Exception {
    broker = TestBroker.withNewVhost();
    topology = TestTopology.declare(broker, QueueType.CLASSIC, WorkerConfigurations.PLAN);
  }

  @AfterEach
  void close() throws Exception {
    topology.close();
    broker.close();
  }

  @Test
  void runsTasksOfEverySourceWithOneBoundForAll() throws Exception {
    declare(OLD, NEW);
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    try (var worker =
        worker(
            id -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              running.decrementAndGet();
            })) {
      topology.publishTo(OLD, 500);
      topology.publishTo(NEW, 500);

      await().atMost(PATIENCE).until(() -> worker.count(TaskStatus.DONE) == 1_000);

      assertThat(ran).doesNotHaveDuplicates().hasSize(1_000);
      assertThat(most.get()).isLessThanOrEqualTo(10);
      worker.stop();
      assertThat(topology.ready(OLD) + topology.ready(NEW)).isZero();
    }
  }

  @Test
  void sharesThePrefetchAmongTheSources() throws Exception {
    declare(OLD, NEW);
    try (var _ = worker(_ -> {})) {
      await()
          .atMost(PATIENCE)
          .until(() -> new WorkerConnections(broker).prefetches(), found -> found.size() == 2);

      assertThat(new WorkerConnections(broker).prefetches()).isEqualTo(Map.of(OLD, 7, NEW, 7));
    }
  }

  @Test
  void losesNothingOfTheOtherSourceWhenOneIsDeletedWhileTasksFlow() throws Exception {
    declare(OLD, NEW);
    topology.publishTo(NEW, 5_000);
    topology.publishTo(OLD, 5_000);
    try (var worker = worker(_ -> {})) {
      await().atMost(PATIENCE).until(() -> ran.stream().anyMatch(id -> id.startsWith(OLD)));
      await()
          .atMost(PATIENCE)
          .until(() -> new WorkerConnections(broker).names(), names -> names.size() == 2);
      var connections = new WorkerConnections(broker).names();

      topology.deleteSource(OLD);
      await().atMost(PATIENCE).until(() -> ofSource(NEW) == 5_000);

      assertThat(ran).doesNotHaveDuplicates();
      assertThat(worker.isConsuming()).isTrue();
      assertThat(new WorkerConnections(broker).names()).isEqualTo(connections);
      worker.stop();
      assertThat(topology.ready(NEW)).isZero();
    }
  }

  @Test
  void consumesASourceThatComesLaterAndIsReadyWithoutIt() throws Exception {
    declare(OLD);
    try (var worker = worker(_ -> {})) {
      await().atMost(PATIENCE).until(worker::isConsuming);
      topology.publishTo(OLD, 10);
      await().atMost(PATIENCE).until(() -> worker.count(TaskStatus.DONE) == 10);

      declare(NEW);
      topology.publishTo(NEW, 10);

      await().atMost(PATIENCE).until(() -> worker.count(TaskStatus.DONE) == 20);
      assertThat(ran).doesNotHaveDuplicates();
    }
  }

  @Test
  void consumesADeletedSourceThatComesBack() throws Exception {
    declare(OLD, NEW);
    try (var worker = worker(_ -> {})) {
      await().atMost(PATIENCE).until(worker::isConsuming);
      topology.deleteSource(OLD);

      declare(OLD);
      topology.publishTo(OLD, 10);

      await().atMost(PATIENCE).until(() -> worker.count(TaskStatus.DONE) == 10);
    }
  }

  @Test
  void consumesASourceOnceNobodyElseHasItForItself() throws Exception {
    declare(OLD, NEW);
    topology.returnTo(OLD);
    var exclusive = topology.occupy(OLD, true);
    try (var worker = worker(_ -> {})) {
      topology.publishTo(OLD, 10);
      topology.publishTo(NEW, 10);
      await().atMost(PATIENCE).until(() -> worker.count(TaskStatus.DONE) >= 10);
      assertThat(ofSource(NEW)).isEqualTo(10);

      exclusive.close();

      await().atMost(PATIENCE).until(() -> worker.count(TaskStatus.DONE) == 20);
    }
  }

  @Test
  void consumesEverySourceAgainAfterTheBrokerClosedItsConnections() throws Exception {
    declare(OLD, NEW);
    var connections = new WorkerConnections(broker);
    try (var worker = worker(_ -> {})) {
      await().atMost(PATIENCE).until(() -> connections.names().size() == 2);

      connections.closeAll();

      topology.publishTo(OLD, 100);
      topology.publishTo(NEW, 100);
      await().atMost(PATIENCE).until(() -> worker.count(TaskStatus.DONE) == 200);
    }
  }

  @Test
  void saysWhyWhenNoSourceIsThereAndConsumesTheFirstThatComes() throws Exception {
    try (var worker = worker(_ -> {})) {
      await()
          .atMost(PATIENCE)
          .until(() -> worker.obstacle().orElse("").contains("no queue '" + OLD + "'"));
      assertThat(worker.isAlive()).isTrue();

      declare(NEW);
      topology.publishTo(NEW, 10);

      await().atMost(PATIENCE).until(() -> worker.count(TaskStatus.DONE) == 10);
      assertThat(worker.isConsuming()).isTrue();
    }
  }

  @Test
  void saysThatAllSourcesAreGoneWhenTheLastIsDeleted() throws Exception {
    declare(OLD, NEW);
    try (var worker = worker(_ -> {})) {
      await().atMost(PATIENCE).until(worker::isConsuming);
      topology.deleteSource(OLD);
      assertThat(worker.isConsuming()).isTrue();

      topology.deleteSource(NEW);

      await()
          .atMost(PATIENCE)
          .until(() -> worker.obstacle().orElse("").contains("no queue '" + OLD + "'"));
    }
  }

  /// Delivery tags of two channels are the same numbers.
  @Test
  void settlesADeliveryOnItsOwnChannelOnly() throws Exception {
    declare(OLD, NEW);
    var blocked = new CountDownLatch(1);
    var worker =
        worker(
            Duration.ofMillis(200),
            id -> {
              if (id.startsWith(OLD)) {
                blocked.await();
              }
            });
    topology.publishTo(OLD, 5);
    await().atMost(PATIENCE).until(() -> ofSource(OLD) == 5);
    topology.publishTo(NEW, 100);
    await().atMost(PATIENCE).until(() -> worker.count(TaskStatus.DONE) == 100);

    worker.stop();

    assertThat(topology.ready(OLD)).isEqualTo(5);
    assertThat(topology.ready(NEW)).isZero();
  }

  @Test
  void stopDrainsEverySourceAndReturnsWhatHasNotStarted() throws Exception {
    declare(OLD, NEW);
    var release = new CountDownLatch(1);
    try (var worker = worker(_ -> release.await())) {
      topology.publishTo(OLD, 20);
      topology.publishTo(NEW, 20);
      await().atMost(PATIENCE).until(() -> ran.size() == 10);

      var stop = Thread.ofVirtual().start(worker::stop);
      await().atMost(PATIENCE).until(() -> topology.ready(OLD) + topology.ready(NEW) == 30);
      release.countDown();
      stop.join();

      assertThat(worker.count(TaskStatus.DONE)).isEqualTo(10);
      assertThat(topology.ready(OLD) + topology.ready(NEW)).isEqualTo(30);
    }
  }

  @Test
  void stopDoesNotWaitForASourceThatIsMissing() throws Exception {
    declare(NEW);
    var worker = worker(_ -> {});
    await().atMost(PATIENCE).until(worker::isConsuming);

    var stop = Thread.ofVirtual().start(worker::stop);

    assertThat(stop.join(Duration.ofSeconds(5))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(QueueType.class)
  void isReadyAndQuietBehindAnotherActiveConsumer(QueueType type) throws Exception {
    topology.declareSource(
        OLD, Map.of("x-queue-type", type.argument(), "x-single-active-consumer", true));
    topology.returnTo(OLD);
    var active = topology.occupy(OLD, false);
    try (var worker = worker(_ -> {})) {
      await().atMost(PATIENCE).until(worker::isConsuming);
      topology.publishTo(OLD, 10);
      await().during(Duration.ofSeconds(1)).until(() -> worker.isConsuming() && ran.isEmpty());

      active.close();

      await().atMost(PATIENCE).until(() -> worker.count(TaskStatus.DONE) == 10);
    }
  }

  private interface Body {
    void run(String id) throws Exception;
  }

  private RunningWorker worker(Body body) {
    return worker(PATIENCE, body);
  }

  private RunningWorker worker(Duration drainDeadline, Body body) {
    return new RunningWorker(
        WorkerConfigurations.consuming(WorkerConfigurations.JAVA, drainDeadline, OLD, NEW),
        topology::binding,
        (task, _) -> {
          ran.add(task.id().orElseThrow());
          body.run(task.id().orElseThrow());
          return Outcome.done();
        });
  }

  private void declare(String... sources) throws Exception {
    for (var source : sources) {
      topology.declareSource(source, Map.of());
    }
  }

  private long ofSource(String source) {
    return ran.stream().filter(id -> id.startsWith(source)).count();
  }
}
