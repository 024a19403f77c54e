package dev.warren.operator.taskqueue;

import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Resources.queue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.warren.crds.TaskQueue;
import dev.warren.model.testing.TestBroker;
import dev.warren.operator.broker.Broker;
import dev.warren.operator.broker.BrokerAddress;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.testing.Resources;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the planner asks for, in a real broker.
class TaskQueueTopologyIT {
  private static final Duration NEVER = Duration.ofHours(1);
  private static final String QUICK_RETRY =
      "\nretry: {maxAttempts: 2, initialDelay: 200ms, jitter: 0.1}";

  private final TestBroker rabbit = TestBroker.withNewVhost();

  @AfterEach
  void close() {
    try (var broker = open()) {
      broker.deleteUser(Settings.of("{}").publisher());
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
      })
  void leavesNothingToDoOnceItIsMade(String spec) {
    var queue = queue(spec);

    apply(queue);

    assertThat(changes(queue)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Quorum", "Classic"})
  void leavesNothingToDoAfterAChangeOfTheSpec(String type) {
    apply(queue("type: " + type + "\nmaxLength: 7\nroutingKeys: [a, b]"));
    var changed = queue("type: " + type + "\nmessageTtl: 1h\nroutingKeys: [b, c]" + QUICK_RETRY);

    apply(changed);

    // Delay queues of the plan before go when the broker is known to count nothing in them.
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              apply(changed);
              assertThat(queueNames()).noneMatch(name -> name.startsWith("warren.delay.1000."));
            });
    assertThat(changes(changed)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Quorum", "Classic"})
  void repairsWhatSomebodyDeleted(String type) {
    var queue = queue("type: " + type);
    apply(queue);
    rabbit.call("DELETE", "/api/queues/" + rabbit.vhost() + "/image-resize.dlq", "");
    rabbit.call("DELETE", "/api/exchanges/" + rabbit.vhost() + "/warren.return", "");

    apply(queue);

    assertThat(changes(queue)).isEmpty();
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

    for (var lane : Settings.of(spec).delayLanes()) {
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

  private void apply(TaskQueue queue) {
    try (var broker = open()) {
      broker.apply(rabbit.vhost(), plan(queue, broker).changes());
    }
  }

  /// What is still to do, judged by a new reading.
  private List<BrokerChange> changes(TaskQueue queue) {
    try (var broker = open()) {
      return plan(queue, broker).changes();
    }
  }

  private TaskQueuePlan plan(TaskQueue queue, Broker broker) {
    var vhost = broker.snapshot(rabbit.vhost());
    var taskBroker = Resources.broker("vhostPolicy: {type: Fixed, vhost: " + rabbit.vhost() + "}");
    var observed =
        Observations.of(vhost, queue)
            .withBroker(Optional.of(taskBroker))
            .withView(Observations.visible(broker.version(), vhost));
    return TaskQueuePlanner.plan(queue, observed.observed(), NOW);
  }

  private Broker open() {
    var address =
        BrokerAddress.parse(
            Map.of(
                "uri", rabbit.uri().toString(),
                "managementUri", rabbit.managementUri().toString()));
    return new Broker("default", address, NEVER, Clock.systemUTC(), change -> {});
  }

  private Iterable<String> queueNames() {
    try (var broker = open()) {
      return broker.snapshot(rabbit.vhost()).queues().keySet();
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
