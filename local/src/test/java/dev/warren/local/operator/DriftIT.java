package dev.warren.local.operator;

import static dev.warren.local.operator.TestCluster.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What somebody changes in the broker by hand is found in time and repaired, and an event says
/// what was found.
class DriftIT {
  /// In which drift must be found and repaired.
  private static final Duration IN_TIME = Duration.ofSeconds(30);

  private static TestCluster cluster;
  private static ManagementUi ui;

  @BeforeAll
  static void start() throws IOException {
    cluster = new TestCluster();
    ui = new ManagementUi(cluster.broker(), cluster.namespace());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void deletedQueueIsDeclaredAgainWithItsBindings() {
    settled("gone", "");

    ui.deleteQueue("gone");

    inTime(() -> ui.publish("tasks", "gone"));
    assertThat(ui.isBound("warren.return", "gone", "gone")).isTrue();
    awaitRepairOf("gone", "queue 'gone' is missing");
  }

  @Test
  void removedBindingIsMadeAgain() {
    settled("unbound", "");

    ui.unbind("tasks", "unbound", "unbound");

    inTime(() -> ui.isBound("tasks", "unbound", "unbound"));
    awaitRepairOf(
        "unbound",
        "the binding of queue 'unbound' to exchange 'tasks' by key 'unbound' is missing");
  }

  @Test
  void removedBindingOfTheDeadLetterQueueIsMadeAgain() {
    settled("letters", "");

    ui.unbind("warren.dead-letter", "letters.dlq", "letters");

    inTime(() -> ui.isBound("warren.dead-letter", "letters.dlq", "letters"));
    awaitRepairOf("letters", "the binding of queue 'letters.dlq'");
  }

  @Test
  void bindingThatNoSpecAsksForIsTakenAway() {
    settled("overbound", "");

    ui.bind("tasks", "overbound", "somebody.elses");

    inTime(() -> !ui.isBound("tasks", "overbound", "somebody.elses"));
    awaitRepairOf("overbound", "by key 'somebody.elses' should not be there");
  }

  @Test
  void editedPolicyIsWrittenAgain() {
    settled("edited", ", maxLength: 77");
    var policy = policyOf("edited");
    var definition = ui.policy(policy).orElseThrow().path("definition");

    ui.putPolicy(policy, "^(edited)$", 11, "{\"max-length\":3}");

    inTime(() -> ui.policy(policy).orElseThrow().path("definition").equals(definition));
    awaitRepairOf("edited", "the policies of queue 'edited' differ");
  }

  @Test
  void deletedPolicyIsWrittenAgain() {
    settled("unlimited", ", maxLength: 78");
    var policy = policyOf("unlimited");

    ui.deletePolicy(policy);

    inTime(() -> ui.policyOf("unlimited").filter(policy::equals).isPresent());
    awaitRepairOf("unlimited", "the policies of queue 'unlimited' differ");
  }

  @Test
  void widenedPermissionsOfAUserAreNarrowedAgain() {
    settled("modest", "");
    var user = publisher("modest");
    var permissions = ui.permissions(user).orElseThrow();

    ui.putPermissions(user, ".*");

    inTime(() -> ui.permissions(user).orElseThrow().equals(permissions));
    awaitRepairOf("modest", "the permissions of user '%s' differ".formatted(user));
  }

  @Test
  void deletedUserComesBackWithTheSamePassword() throws Exception {
    settled("exiled", "");
    var binding = cluster.tenant().publisher("exiled");

    ui.deleteUser(publisher("exiled"));

    awaitRepairOf("exiled", "user '%s' is missing".formatted(publisher("exiled")));
    try (var producer = BoundClient.connect(binding)) {
      assertThat(producer.publish("tasks", "exiled")).isEqualTo(BoundClient.ACCEPTED);
    }
  }

  @Test
  void strongerPolicyOfSomebodyElseIsNamed() {
    settled("overruled", ", maxLength: 79");

    ui.putPolicy("ops-limits", "^overruled$", 50, "{\"max-length\":5}");

    var degraded = cluster.tenant().awaitQueue("overruled", "Degraded", reason("PolicyOverridden"));
    assertThat(degraded.getStatus()).isEqualTo("True");
    assertThat(degraded.getMessage())
        .contains("policy 'ops-limits' with priority 50", "max-length 5 instead of 79");
    assertThat(ui.policy("ops-limits")).isPresent();
  }

  @Test
  void whatNewDefaultsOfTheTaskBrokerChangeIsNoDrift() {
    settled("defaulted", "");

    cluster.applyBroker(
        cluster.namespace(),
        "secretRef: {name: %1$s, namespace: %1$s}, defaults: {maxLength: 76}"
            .formatted(cluster.namespace()));

    inTime(
        () ->
            ui.policy(policyOf("defaulted")).orElseThrow().at("/definition/max-length").asInt()
                == 76);
    ui.deleteQueue("defaulted");
    awaitRepairOf("defaulted", "queue 'defaulted' is missing");
    assertThat(cluster.events("defaulted")).noneMatch(event -> event.contains("policies"));
  }

  private static void settled(String name, String spec) {
    cluster.applyQueue(name, "type: Classic" + spec);
    cluster.awaitQueue(name, reason("Reconciled"));
  }

  private static String publisher(String queue) {
    return "warren.publisher.%s.%s".formatted(cluster.namespace(), queue);
  }

  private static String policyOf(String queue) {
    return await()
        .atMost(IN_TIME)
        .until(() -> ui.policyOf(queue), found -> found.isPresent())
        .orElseThrow();
  }

  private static void inTime(Callable<Boolean> repaired) {
    await().atMost(IN_TIME).until(repaired);
  }

  private static void awaitRepairOf(String queue, String found) {
    await()
        .atMost(IN_TIME)
        .untilAsserted(
            () ->
                assertThat(cluster.events(queue))
                    .anySatisfy(
                        event -> assertThat(event).startsWith("DriftRepaired").contains(found)));
  }
}
