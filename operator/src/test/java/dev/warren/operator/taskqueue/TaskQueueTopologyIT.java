package dev.warren.operator.taskqueue;

import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Resources.deleted;
import static dev.warren.operator.testing.Snapshots.absent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskQueue;
import dev.warren.model.testing.TestBroker;
import dev.warren.operator.broker.Broker;
import dev.warren.operator.broker.BrokerAddress;
import dev.warren.operator.broker.Brokers;
import dev.warren.operator.resource.Credentials;
import dev.warren.operator.testing.Resources;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the planners ask for, in a real broker.
class TaskQueueTopologyIT {
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String QUICK_RETRY =
      "\nretry: {maxAttempts: 2, initialDelay: 200ms, jitter: 0.1}";

  private final TestBroker rabbit = TestBroker.withNewVhost();

  @AfterEach
  void close() {
    try (var operator = new Operator(queue("{}"), "")) {
      Credentials.names(Settings.of(queue("{}")).publisher()).forEach(operator.broker::deleteUser);
    }
    rabbit.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type: Quorum",
        "type: Classic",
        "type: Quorum\nqueueName: image.re-size:1\nexchange: {name: media.events, type: Direct}\nmaxLength: 9\noverflow: DropHead",
        "type: Classic\npriorities: 9\nmessageTtl: 1h\nmaxBytes: 9\nmaxLength: 9\noverflow: RejectPublishDeadLetter",
        "type: Quorum\nexchange: {name: all, type: Fanout}\ndeadLetter: {exchange: dead, retention: 49d, maxLength: 5}",
        "type: Quorum\nshards: 3\nsingleActiveConsumer: true\nroutingKeys: [a.*, b]",
        "type: Classic\nshards: 2\nexchange: {name: all, type: Fanout}",
        "type: Classic\nexchange: {name: events, type: Headers}\nbindings: [{arguments: {x-match: any, size: 7, urgent: true}}, {arguments: {team: a}}]",
        "type: Classic\narguments: {x-queue-mode: lazy, x-queue-version: 2}",
      })
  void leavesNothingToDoOnceItIsMade(String spec) {
    var queue = queue(spec);

    apply(queue);

    assertNothingIsLeftToDo(queue, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Quorum", "Classic"})
  void leavesNothingToDoInAVhostThatNamespacesShare(String type) {
    var queue = queue("type: " + type + "\nroutingKeys: [a.*, 'b.#']");

    apply(queue, shared());

    assertNothingIsLeftToDo(queue, shared());
    assertThat(queueNames()).contains("warren.delay.1000.0@%s".formatted(rabbit.vhost()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Quorum", "Classic"})
  void leavesNothingToDoAfterAChangeOfTheSpec(String type) {
    apply(queue("type: " + type + "\nmaxLength: 7\nroutingKeys: [a, b]"));
    var changed = queue("type: " + type + "\nmessageTtl: 1h\nroutingKeys: [b, c]" + QUICK_RETRY);

    apply(changed);

    // Delay queues of the plan before go when the broker is known to count nothing in them.
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              settle(changed);
              assertThat(queueNames()).noneMatch(name -> name.startsWith("warren.delay.1000."));
            });
    assertNothingIsLeftToDo(changed, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Quorum", "Classic"})
  void repairsWhatSomebodyDeleted(String type) {
    var queue = queue("type: " + type);
    apply(queue);
    rabbit.call("DELETE", "/api/queues/" + rabbit.vhost() + "/image-resize.dlq", "");
    rabbit.call("DELETE", "/api/exchanges/" + rabbit.vhost() + "/warren.return", "");

    apply(queue);

    assertNothingIsLeftToDo(queue, "");
    assertThat(queueNames()).contains("image-resize.dlq");
  }

  @Test
  void givesItsLimitsToItsQueueAndToNoneWithASimilarName() {
    foreignQueue("image-resize");

    apply(queue("type: Classic\nqueueName: image.resize\nmaxLength: 7"));

    await().untilAsserted(() -> assertThat(policyOf("image.resize")).contains("max-length=7"));
    assertThat(policyOf("image-resize")).doesNotContain("max-length=7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Quorum", "Classic"})
  void deliversWhatProducersPublish(String type) {
    apply(queue("type: " + type + "\nroutingKeys: [image.*]"));

    publish("tasks", "image.1");

    await()
        .untilAsserted(
            () -> assertThat(fetch("image-resize", "ack_requeue_false")).contains("image.1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Quorum", "Classic"})
  void returnsATaskFromEachDelayLaneToItsQueue(String type) {
    var spec = "type: " + type + QUICK_RETRY;
    apply(queue(spec));

    for (var lane : Settings.of(queue(spec)).delayLanes()) {
      publish(lane.name(), "image-resize");

      await()
          .untilAsserted(
              () ->
                  assertThat(fetch("image-resize", "ack_requeue_false"))
                      .contains("\"routing_key\":\"image-resize\""));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Quorum", "Classic"})
  void keepsARejectedTaskInTheDeadLetterQueue(String type) {
    apply(queue("type: " + type + "\nroutingKeys: [image.*]"));
    publish("tasks", "image.1");

    await()
        .untilAsserted(
            () -> assertThat(fetch("image-resize", "reject_requeue_false")).contains("image.1"));

    await()
        .untilAsserted(
            () ->
                assertThat(fetch("image-resize.dlq", "ack_requeue_false"))
                    .contains("payload of image.1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type: Classic           | type: Quorum",
        "type: Quorum            | type: Classic; priorities: 5",
        "type: Classic           | type: Classic; shards: 2",
        "type: Quorum; shards: 2 | type: Quorum; shards: 3",
      })
  void movesToAnotherGenerationAndLosesNoTask(String before, String after) {
    var queue = apply(queue(before.replace("; ", "\n")));
    publish(5);
    var changed = queue(after.replace("; ", "\n"));
    changed.setStatus(queue.getStatus());

    apply(changed);

    publish(5);
    assertThat(consumed(10)).isEqualTo(10);
    await().atMost(LONG).untilAsserted(() -> assertMigrated(changed));
    assertNothingIsLeftToDo(changed, "");
    publish(3);
    assertThat(consumed(3)).isEqualTo(3);
  }

  @Test
  void takesAllGenerationsAwayInTheMiddleOfAMigration() {
    var queue = apply(queue("type: Classic\nshards: 2"));
    var changed = queue("type: Classic\nshards: 3\ndeletionPolicy: DeleteIfEmpty");
    changed.setStatus(queue.getStatus());
    apply(changed);
    assertThat(queueNames()).hasSizeGreaterThan(5);

    deleted(changed, NOW);

    await().atMost(LONG).until(() -> isGone(changed));
    assertThat(queueNames()).allMatch(name -> name.startsWith("warren.delay."));
    assertThat(exchangeNames())
        .noneMatch(name -> name.startsWith("warren.shards.") || name.startsWith("warren.switch"));
  }

  @Test
  void holdsCeilingsAgainstTenantsWhoTalkToTheBrokerThemselves() {
    var ceilings = "ceilings: {maxLength: 3, connectionsPerNamespace: 7}";

    apply(queue("type: Classic\nmaxLength: 3"), ceilings);

    assertThat(rabbit.call("GET", "/api/operator-policies/" + rabbit.vhost(), ""))
        .contains("\"max-length\":3");
    assertThat(rabbit.call("GET", "/api/vhost-limits/" + rabbit.vhost(), ""))
        .contains("\"max-connections\":7");
  }

  /// Of the namespace whose vhost this is.
  private TaskQueue queue(String spec) {
    return Resources.queue(rabbit.vhost(), "image-resize", spec);
  }

  private String shared() {
    return "vhostPolicy: {type: Fixed, vhost: " + rabbit.vhost() + "}";
  }

  private TaskQueue apply(TaskQueue queue) {
    return apply(queue, "");
  }

  private TaskQueue apply(TaskQueue queue, String taskBroker) {
    try (var operator = new Operator(queue, taskBroker)) {
      operator.reconcile(NOW);
    }
    return queue;
  }

  private void settle(TaskQueue queue) {
    try (var operator = new Operator(queue, "")) {
      operator.upkeep.settle("default", rabbit.vhost());
    }
  }

  /// Judged by a new reading.
  private void assertNothingIsLeftToDo(TaskQueue queue, String taskBroker) {
    try (var operator = new Operator(queue, taskBroker)) {
      var plan = operator.plan(NOW);
      assertThat(plan.changes()).isEmpty();
      assertThat(plan.policies()).isFalse();
    }
  }

  /// Whether nothing but the new generation is left, as time passes.
  private void assertMigrated(TaskQueue queue) {
    try (var operator = new Operator(queue, "")) {
      operator.reconcile(NOW);
      operator.reconcile(NOW.plus(TaskQueuePlanner.SETTLING));
      assertThat(operator.plan(NOW).status().migration()).isNull();
    }
  }

  private boolean isGone(TaskQueue queue) {
    try (var operator = new Operator(queue, "")) {
      // What ends a migration first waits for its figures, and from then on for retries.
      return Stream.of(0, 1, 2)
          .anyMatch(hours -> operator.leave(NOW.plus(Duration.ofHours(hours))));
    }
  }

  /// What an operator is for one TaskQueue, from a new reading on.
  private final class Operator implements AutoCloseable {
    private final Brokers brokers =
        new Brokers(NEVER, Clock.systemUTC(), new SimpleMeterRegistry());
    private final TaskQueue queue;
    private final TaskBroker taskBroker;
    private final Broker broker;
    private final VhostUpkeep upkeep;

    Operator(TaskQueue queue, String taskBroker) {
      this.queue = queue;
      this.taskBroker = Resources.broker(taskBroker);
      broker =
          brokers.open(
              "default",
              BrokerAddress.parse(
                  Map.of(
                      "uri", rabbit.uri().toString(),
                      "managementUri", rabbit.managementUri().toString())));
      broker.features();
      upkeep =
          new VhostUpkeep(
              brokers, CachedQueues.of(List.of(queue)), _ -> Optional.of(this.taskBroker), NEVER);
    }

    TaskQueuePlan plan(Instant now) {
      return Observations.PLANNER.plan(queue, observed(), now);
    }

    void reconcile(Instant now) {
      var plan = plan(now);
      if (plan.policies()) {
        upkeep.settle(plan.broker(), plan.vhost());
      }
      broker.apply(plan.vhost(), plan.changes());
      queue.setStatus(plan.status());
    }

    /// Whether it has left.
    boolean leave(Instant now) {
      return switch (TaskQueueDeletionPlanner.plan(queue, observed(), now)) {
        case DeletionPlan.Finish(_, var vhost, var changes) -> {
          broker.apply(vhost, changes);
          yield true;
        }
        case DeletionPlan.Wait(_, var vhost, var changes, var verdicts) -> {
          broker.apply(vhost, changes);
          queue.setStatus(QueueStatus.deleting(queue, verdicts, observed(), now));
          yield false;
        }
        case DeletionPlan.Abandon abandoned -> throw new AssertionError(abandoned);
      };
    }

    @Override
    public void close() {
      upkeep.close();
      brokers.close();
    }

    private ObservedQueue observed() {
      var view =
          Observations.visible(
              broker.lastFeatures().orElseThrow(), broker.snapshot(rabbit.vhost()));
      return Observations.of(absent(), queue)
          .withBroker(Optional.of(taskBroker))
          .withView(view)
          .observed();
    }
  }

  private Set<String> exchangeNames() {
    try (var operator = new Operator(queue("{}"), "")) {
      return operator.broker.snapshot(rabbit.vhost()).exchanges().keySet();
    }
  }

  private void publish(int tasks) {
    for (int i = 0; i < tasks; i++) {
      rabbit.call(
          "POST",
          "/api/exchanges/%s/tasks/publish".formatted(rabbit.vhost()),
          "{\"properties\":{\"delivery_mode\":2,\"message_id\":\"%s\"},\"routing_key\":\"image-resize\",\"payload\":\"task\",\"payload_encoding\":\"string\"}"
              .formatted(UUID.randomUUID()));
    }
  }

  /// Takes tasks from all queues until there are as many, or time is up.
  private int consumed(int wanted) {
    var taken = new AtomicInteger();
    await()
        .atMost(LONG)
        .until(
            () -> {
              for (var name : queueNames()) {
                if (!name.startsWith("warren.") && !name.endsWith(".dlq")) {
                  taken.addAndGet(tasks(fetch(name, "ack_requeue_false")));
                }
              }
              return taken.get() >= wanted;
            });
    return taken.get();
  }

  private static int tasks(String fetched) {
    return fetched.split("\"payload\":\"task\"", -1).length - 1;
  }

  private Set<String> queueNames() {
    try (var operator = new Operator(queue("{}"), "")) {
      return operator.broker.snapshot(rabbit.vhost()).queues().keySet();
    }
  }

  private void foreignQueue(String name) {
    rabbit.call("PUT", "/api/queues/%s/%s".formatted(rabbit.vhost(), name), "{\"durable\":true}");
  }

  private String policyOf(String queue) {
    var columns = "?columns=policy";
    return rabbit.call("GET", "/api/queues/%s/%s%s".formatted(rabbit.vhost(), queue, columns), "");
  }

  private void publish(String exchange, String key) {
    rabbit.call(
        "POST",
        "/api/exchanges/%s/%s/publish".formatted(rabbit.vhost(), exchange),
        "{\"properties\":{\"delivery_mode\":2},\"routing_key\":\"%s\",\"payload\":\"payload of %s\",\"payload_encoding\":\"string\"}"
            .formatted(key, key));
  }

  private String fetch(String queue, String mode) {
    return rabbit.call(
        "POST",
        "/api/queues/%s/%s/get".formatted(rabbit.vhost(), queue),
        "{\"count\":1,\"ackmode\":\"%s\",\"encoding\":\"auto\"}".formatted(mode));
  }
}
