package dev.warren.worker.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.warren.model.BrokerBinding;
import dev.warren.model.QueueType;
import dev.warren.model.testing.TestBroker;
import dev.warren.worker.Outcome;
import dev.warren.worker.TaskStatus;
import dev.warren.worker.testing.TestTopology;
import dev.warren.worker.testing.WorkerConfigurations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a worker does when the broker, the queue or the credentials fail it.
class RecoveryIT {
  private TestBroker broker;
  private TestTopology topology;

  @BeforeAll
  static void bePatient() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
  }

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
  void goesOnConsumingAfterTheBrokerClosedItsConnections() throws Exception {
    try (var worker = worker(topology.binding(), (_, _) -> Outcome.done())) {
      await().until(worker::isConsuming);
      await().until(() -> connections().names().size() == 2);

      connections().closeAll();

      topology.publishMany(100);
      await().until(() -> worker.count(TaskStatus.DONE) == 100);
      assertThat(worker.isAlive()).isTrue();
    }
  }

  @Test
  void finishesTasksThroughAReconnectAndRunsThemAgain() throws Exception {
    var started = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    try (var worker =
        worker(
            topology.binding(),
            (_, _) -> {
              started.countDown();
              release.await();
              return Outcome.done();
            })) {
      topology.publishMany(1);
      started.await();
      await().until(() -> connections().names().size() == 2);

      connections().closeAll();
      await().until(worker::isConsuming);
      release.countDown();

      await().until(() -> worker.count(TaskStatus.DONE) == 2);
      worker.stop();
      assertThat(topology.ready()).isZero();
    }
  }

  @Test
  void saysThatTheQueueIsGoneAndConsumesWhenItIsBack() throws Exception {
    try (var worker = worker(topology.binding(), (_, _) -> Outcome.done())) {
      await().until(worker::isConsuming);

      topology.deleteQueue();

      await().until(() -> worker.obstacle().orElse("").contains("no queue '" + TestTopology.QUEUE));
      assertThat(worker.isAlive()).isTrue();
      topology.declareQueue();
      topology.publishMany(10);
      await().until(() -> worker.count(TaskStatus.DONE) == 10);
    }
  }

  @Test
  void saysThatThePasswordIsWrongAndReadsTheBindingAgain() {
    var right = topology.binding();
    var wrong =
        new BrokerBinding(
            right.host(), right.port(), right.vhost(), right.username(), "wrong", Optional.empty());
    var current = new AtomicReference<>(wrong);
    try (var worker =
        new RunningWorker(
            WorkerConfigurations.standard(), current::get, (_, _) -> Outcome.done())) {
      await().until(() -> worker.obstacle().orElse("").contains("refused user"));
      assertThat(worker.obstacle().orElseThrow())
          .contains("'" + right.username() + "'")
          .doesNotContain("wrong");

      current.set(right);

      await().until(worker::isConsuming);
    }
  }

  @Test
  void saysThatTheBrokerIsDown() {
    var nowhere = new BrokerBinding("127.0.0.1", 1, broker.vhost(), "u", "p", Optional.empty());
    try (var worker = worker(nowhere, (_, _) -> Outcome.done())) {
      await()
          .until(
              () ->
                  worker
                      .obstacle()
                      .orElse("")
                      .equals(
                          "the broker at 127.0.0.1:1 cannot be reached: java.net.ConnectException: Connection refused"));
    }
  }

  /// The client gives up a connection on header tables nested deeper than it reads; until somebody
  /// removes the message, or the broker does by its delivery limit, the pod can only say so.
  @Test
  void saysThatAMessageCannotBeDecoded() throws Exception {
    Object deep = List.of();
    for (int depth = 0; depth < 40; depth++) {
      deep = List.of(deep);
    }
    var properties = new BasicProperties.Builder().headers(Map.of("deep", deep)).build();
    try (var worker = worker(topology.binding(), (_, _) -> Outcome.done())) {
      topology.publish(new byte[0], properties);

      await().until(() -> worker.obstacle().orElse("").contains("cannot be decoded"));

      assertThat(worker.isAlive()).isTrue();
    }
  }

  @Test
  void saysThatTheVhostIsGone() {
    var right = topology.binding();
    var elsewhere =
        new BrokerBinding(
            right.host(),
            right.port(),
            "no-such-vhost",
            right.username(),
            right.password(),
            Optional.empty());
    try (var worker = worker(elsewhere, (_, _) -> Outcome.done())) {
      await().until(() -> worker.obstacle().orElse("").contains("no-such-vhost"));
    }
  }

  @Test
  void losesNoTaskWhenTheDelayIsNotDeclared() throws Exception {
    broker.call("DELETE", "/api/exchanges/" + broker.vhost() + "/warren.delay.50.0", "");
    try (var worker =
        worker(
            topology.binding(),
            (_, context) -> context.attempt() == 1 ? Outcome.retry() : Outcome.done())) {
      topology.publishMany(10);
      await().until(() -> worker.obstacle().orElse("").contains("no exchange 'warren.delay.50.0'"));

      topology.declareDelays(WorkerConfigurations.PLAN);

      await().until(() -> worker.count(TaskStatus.DONE) == 10);
    }
  }

  private static RunningWorker worker(BrokerBinding binding, RunningWorker.Handler handler) {
    return new RunningWorker(WorkerConfigurations.standard(), () -> binding, handler);
  }

  private WorkerConnections connections() {
    return new WorkerConnections(broker);
  }
}
