package dev.warren.worker.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.warren.model.QueueType;
import dev.warren.model.TaskHeaders;
import dev.warren.model.WorkerConfiguration;
import dev.warren.model.testing.TestBroker;
import dev.warren.worker.Outcome;
import dev.warren.worker.TaskStatus;
import dev.warren.worker.testing.TestTopology;
import dev.warren.worker.testing.WorkerConfigurations;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What becomes of tasks on a real broker; three attempts, 50 ms and 100 ms apart.
class TaskLifeIT {
  private TestBroker broker;

  @BeforeEach
  void openBroker() {
    broker = TestBroker.withNewVhost();
  }

  @AfterEach
  void closeBroker() {
    broker.close();
  }

  @ParameterizedTest
  @EnumSource(QueueType.class)
  void retriesThroughDelaysUntilTheHandlerSucceeds(QueueType type) throws Exception {
    var attempts = new CopyOnWriteArrayList<Integer>();
    try (var topology = TestTopology.declare(broker, type, WorkerConfigurations.PLAN);
        var worker =
            worker(
                topology,
                (_, context) -> {
                  attempts.add(context.attempt());
                  return context.attempt() < 3 ? Outcome.retry("busy") : Outcome.done();
                })) {
      topology.publishMany(100);

      await().until(() -> worker.count(TaskStatus.DONE) == 100);

      assertThat(worker.count(TaskStatus.RETRY)).isEqualTo(200);
      for (int attempt = 1; attempt <= 3; attempt++) {
        assertThat(Collections.frequency(attempts, attempt)).isEqualTo(100);
      }
      worker.stop();
      assertThat(topology.ready()).isZero();
      assertThat(topology.takeDeadLetters()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(QueueType.class)
  void keepsATaskAndItsStoryInTheDeadLetter(QueueType type) throws Exception {
    try (var topology = TestTopology.declare(broker, type, WorkerConfigurations.PLAN);
        var worker =
            worker(
                topology,
                (_, _) -> {
                  throw new IllegalStateException("no ünit");
                })) {
      var properties =
          new BasicProperties.Builder()
              .messageId("t-1")
              .type("image")
              .priority(4)
              .contentType("application/json")
              .headers(Map.of("tenant", "x"))
              .build();
      topology.publish(bytes("{\"a\":1}"), properties);

      await().until(() -> worker.count(TaskStatus.FAIL) == 1);

      var dead = topology.takeDeadLetters().getFirst();
      assertThat(dead.getBody()).isEqualTo(bytes("{\"a\":1}"));
      assertThat(dead.getProps().getMessageId()).isEqualTo("t-1");
      assertThat(dead.getProps().getType()).isEqualTo("image");
      assertThat(dead.getProps().getPriority()).isEqualTo(4);
      assertThat(dead.getProps().getDeliveryMode()).isEqualTo(2);
      assertThat(text(dead.getProps().getHeaders()))
          .containsEntry("tenant", "x")
          .containsEntry(TaskHeaders.ATTEMPT, "3")
          .containsEntry(TaskHeaders.ERROR_CLASS, "java.lang.IllegalStateException")
          .containsEntry(TaskHeaders.ERROR_MESSAGE, "no ünit")
          .containsEntry(TaskHeaders.ERROR_WORKER, RunningWorker.POD)
          .containsEntry(TaskHeaders.ORIGIN_EXCHANGE, "tasks")
          .containsEntry(TaskHeaders.ORIGIN_ROUTING_KEY, TestTopology.QUEUE)
          .containsKeys(TaskHeaders.FIRST_SEEN, TaskHeaders.ERROR_TIME)
          .doesNotContainKeys("x-death", "x-first-death-queue");
    }
  }

  @Test
  void losesNoTaskWhoseDeadLetterHasNowhereToGo() throws Exception {
    try (var topology = classic();
        var worker = worker(topology, (_, _) -> Outcome.fail("never"))) {
      topology.unbindDeadLetters();
      topology.publishMany(1);
      await().until(() -> worker.count(TaskStatus.RETURNED) >= 1);

      topology.declareQueue();

      await().until(() -> worker.count(TaskStatus.FAIL) == 1);
      assertThat(topology.takeDeadLetters()).hasSize(1);
    }
  }

  @Test
  void stopReturnsWhatIsUnfinished() throws Exception {
    var started = new CountDownLatch(10);
    try (var topology = classic();
        var worker =
            worker(
                topology,
                configuration(Duration.ofMillis(200)),
                (_, _) -> {
                  started.countDown();
                  new CountDownLatch(1).await();
                  return Outcome.done();
                })) {
      topology.publishMany(20);
      started.await();

      worker.stop();

      assertThat(topology.takeTasks())
          .hasSize(20)
          .allSatisfy(task -> assertThat(task.getProps().getHeaders()).isNull());
      assertThat(worker.count(TaskStatus.RETURNED)).isEqualTo(10);
    }
  }

  @Test
  void stopLetsRunningTasksFinish() throws Exception {
    var started = new CountDownLatch(10);
    var release = new CountDownLatch(1);
    try (var topology = classic();
        var worker =
            worker(
                topology,
                (_, _) -> {
                  started.countDown();
                  release.await();
                  return Outcome.done();
                })) {
      topology.publishMany(20);
      started.await();

      var stop = Thread.ofVirtual().start(worker::stop);
      await().until(() -> topology.ready() == 10);
      release.countDown();
      stop.join();

      assertThat(topology.takeTasks()).hasSize(10);
      assertThat(worker.count(TaskStatus.DONE)).isEqualTo(10);
    }
  }

  @Test
  void acknowledgesQuickTasksBehindASlowOne() throws Exception {
    var release = new CountDownLatch(1);
    try (var topology = classic();
        var worker =
            worker(
                topology,
                (task, _) -> {
                  if (task.id().orElse("").equals("0")) {
                    release.await();
                  }
                  return Outcome.done();
                })) {
      topology.publishMany(5_000);

      await().until(() -> worker.count(TaskStatus.DONE) == 4_999);

      release.countDown();
      await().until(() -> worker.count(TaskStatus.DONE) == 5_000);
      worker.stop();
      assertThat(topology.ready()).isZero();
    }
  }

  /// Each of these has closed the channel, lost the message or run for ever in some consumer.
  @Test
  void bringsAnyMessageToAnOutcome() throws Exception {
    try (var topology = classic();
        var worker = worker(topology, (_, _) -> Outcome.retry("again"))) {
      var hostile = hostileProperties();
      for (var properties : hostile.entrySet()) {
        topology.publish(
            new byte[] {0, -1, '{'},
            properties.getValue().builder().correlationId(properties.getKey()).build());
      }

      var dead = new ArrayList<String>();
      await()
          .untilAsserted(
              () -> {
                topology
                    .takeDeadLetters()
                    .forEach(letter -> dead.add(letter.getProps().getCorrelationId()));
                assertThat(dead).containsExactlyInAnyOrderElementsOf(hostile.keySet());
              });

      assertThat(worker.count(TaskStatus.RETURNED)).isZero();
    }
  }

  private Map<String, BasicProperties> hostileProperties() {
    var all = new HashMap<String, BasicProperties>();
    all.put("negative attempt", headers(Map.of(TaskHeaders.ATTEMPT, -1)));
    all.put("huge attempt", headers(Map.of(TaskHeaders.ATTEMPT, Long.MAX_VALUE)));
    all.put("worded attempt", headers(Map.of(TaskHeaders.ATTEMPT, "two")));
    all.put("table as attempt", headers(Map.of(TaskHeaders.ATTEMPT, Map.of("a", List.of()))));
    all.put("seen before time", headers(Map.of(TaskHeaders.FIRST_SEEN, Long.MIN_VALUE)));
    all.put("long origin", headers(Map.of(TaskHeaders.ORIGIN_ROUTING_KEY, "k".repeat(1_000))));
    all.put("x-death", headers(Map.of("x-death", List.of(Map.of("queue", TestTopology.QUEUE)))));
    all.put("CC", headers(Map.of("CC", List.of("elsewhere"))));
    all.put("large headers", headers(Map.of("large", "x".repeat(130_000))));
    all.put("deep headers", headers(Map.of("deep", nested(30))));
    var nothing = new HashMap<String, Object>();
    nothing.put("nothing", null);
    all.put("void header", headers(nothing));
    all.put("user id", new BasicProperties.Builder().userId(broker.username()).build());
    all.put("expiration", new BasicProperties.Builder().expiration("60000").build());
    all.put("odd id", new BasicProperties.Builder().messageId("\u0000\n").type("").build());
    return all;
  }

  private static Object nested(int depth) {
    Object value = List.of();
    for (int i = 0; i < depth; i++) {
      value = List.of(value);
    }
    return value;
  }

  private static BasicProperties headers(Map<String, Object> headers) {
    return new BasicProperties.Builder().headers(headers).build();
  }

  private TestTopology classic() throws Exception {
    return TestTopology.declare(broker, QueueType.CLASSIC, WorkerConfigurations.PLAN);
  }

  private static RunningWorker worker(TestTopology topology, RunningWorker.Handler handler) {
    return worker(topology, WorkerConfigurations.standard(), handler);
  }

  private static RunningWorker worker(
      TestTopology topology, WorkerConfiguration configuration, RunningWorker.Handler handler) {
    return new RunningWorker(configuration, topology::binding, handler);
  }

  private static WorkerConfiguration configuration(Duration drainDeadline) {
    return WorkerConfigurations.with(10, Duration.ofSeconds(30), drainDeadline);
  }

  private static Map<String, String> text(Map<String, Object> headers) {
    var text = new HashMap<String, String>();
    headers.forEach((name, value) -> text.put(name, String.valueOf(value)));
    return text;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
