package dev.warren.local.operator;

import static dev.warren.local.operator.TestCluster.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What was in the broker before, and what is only observed.
class AdoptionIT {
  private static final Map<String, String> OBSERVE = Map.of("warren.dev/reconcile", "observe");

  /// Several readings of the broker.
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(5);

  private static final String UNFIT = "\"x-max-priority\":3,\"x-message-ttl\":60000";

  private static TestCluster cluster;
  private static ManagementUi ui;

  @BeforeAll
  static void start() throws IOException {
    cluster = new TestCluster();
    ui = new ManagementUi(cluster.broker(), cluster.namespace());
    // Before the operator reads the vhost for the first time.
    ui.declareClassicQueue("stranger", UNFIT);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void existingQueueThatFitsIsAdoptedWithItsMessages() {
    ui.declareClassicQueue("veteran", deadLettersOf("veteran"));
    ui.publish("amq.default", "veteran");

    cluster.applyQueue("veteran", "type: Classic");

    cluster.awaitQueue("veteran", reason("Reconciled"));
    assertThat(ui.isBound("tasks", "veteran", "veteran")).isTrue();
    await().atMost(TestCluster.PATIENCE).until(() -> ui.messages("veteran") == 1);
  }

  @Test
  void existingQueueThatDoesNotFitIsLeftAloneAndEachFieldIsNamed() {
    var before = ui.queue("stranger").orElseThrow().path("arguments");

    cluster.applyQueue("stranger", "type: Quorum");

    var refused = cluster.awaitQueue("stranger", reason("Differs"));
    assertThat(refused.getMessage())
        .contains(
            "x-queue-type classic, wanted quorum",
            "x-max-priority 3, wanted unset",
            "x-message-ttl 60000, wanted unset",
            "x-dead-letter-exchange unset, wanted warren.dead-letter",
            "x-dead-letter-routing-key unset, wanted stranger");
    assertThat(ui.queue("stranger").orElseThrow().path("arguments")).isEqualTo(before);
    assertThat(ui.isBound("tasks", "stranger", "stranger")).isFalse();
  }

  @Test
  void queueThatSomebodyDeclaresAtTheSameTimeIsLeftAloneTooIfItDoesNotFit() {
    cluster.applyQueue("other", "type: Classic");
    cluster.awaitQueue("other", reason("Reconciled"));
    ui.declareClassicQueue("sudden", UNFIT);

    cluster.applyQueue("sudden", "type: Quorum");

    cluster.awaitQueue("sudden", reason("Differs"));
    assertThat(ui.queue("sudden.g2")).isEmpty();
  }

  @Test
  void observedQueueIsReportedAndNotRepairedUntilItIsNoLongerOnlyObserved() {
    cluster.applyQueue("watched", "type: Classic");
    cluster.awaitQueue("watched", reason("Reconciled"));
    cluster.tenant().annotateQueue("watched", OBSERVE);
    cluster.awaitQueue("watched", reason("Observed"));

    ui.unbind("tasks", "watched", "watched");

    var drift = cluster.awaitQueue("watched", reason("Drift"));
    assertThat(drift.getMessage())
        .contains(
            "the binding of queue 'watched' to exchange 'tasks' by key 'watched' is missing",
            "remove the annotation warren.dev/reconcile");
    await()
        .during(LONG_ENOUGH)
        .atMost(TestCluster.PATIENCE)
        .until(() -> !ui.isBound("tasks", "watched", "watched"));
    cluster.tenant().annotateQueue("watched", Map.of());
    cluster.awaitQueue("watched", reason("Reconciled"));
    assertThat(ui.isBound("tasks", "watched", "watched")).isTrue();
  }

  @Test
  void queueThatIsOnlyObservedFromTheStartIsNotDeclared() {
    cluster.apply(
        """
        apiVersion: warren.dev/v1alpha1
        kind: TaskQueue
        metadata: {name: unborn, namespace: %1$s, annotations: {warren.dev/reconcile: observe}}
        spec: {broker: %1$s}
        """
            .formatted(cluster.namespace()));

    var drift = cluster.awaitQueue("unborn", reason("Drift"));

    assertThat(drift.getMessage()).contains("queue 'unborn' is missing");
    assertThat(ui.queue("unborn")).isEmpty();
  }

  private static String deadLettersOf(String queue) {
    return "\"x-dead-letter-exchange\":\"warren.dead-letter\",\"x-dead-letter-routing-key\":\"%s\""
        .formatted(queue);
  }
}
