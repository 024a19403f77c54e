package dev.warren.local.operator;

import static dev.warren.local.operator.TestCluster.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a platform team allows its tenants: each refusal names the ceiling and whom to ask.
class CeilingIT {
  private static final String OWNER = "(owner: platform@acme.example)";

  private static TestCluster cluster;
  private static Tenant tenant;
  private static ManagementUi ui;

  @BeforeAll
  static void start() throws IOException {
    cluster = new TestCluster();
    var broker = cluster.namespace() + "-capped";
    cluster.applyBroker(
        broker,
        """
        secretRef: {name: %1$s, namespace: %1$s}, ceilings: {queuesPerNamespace: 2, maxLength: 100,
        maxBytes: 5000, shards: 2, priorities: 5, workers: 3, connectionsPerNamespace: 4}
        """
            .formatted(cluster.namespace()));
    tenant = cluster.createTenant(cluster.namespace() + "-tenant", broker);
    ui = new ManagementUi(cluster.broker(), tenant.namespace());
    // The oldest, which the ceiling for their number is not about.
    tenant.applyQueue("modest", "type: Classic");
    tenant.awaitQueue("modest", reason("Reconciled"));
  }

  @AfterAll
  static void stop() {
    cluster.close();
    cluster.broker().call("DELETE", "/api/vhosts/" + tenant.namespace(), "");
  }

  @ParameterizedTest
  @CsvSource({
    "maxLength, 101, maxLength 100",
    "maxBytes, 5001, maxBytes 5000",
    "shards, 3, shards 2",
    "priorities, 6, priorities 5"
  })
  void settingAboveItsCeilingIsRefused(String field, int value, String ceiling) {
    tenant.applyQueue("greedy", "type: Classic, %s: %d".formatted(field, value));

    var condition =
        tenant.awaitQueue(
            "greedy", found -> found.getMessage().startsWith("spec.%s is ".formatted(field)));

    assertThat(condition.getReason()).isEqualTo("InvalidSpec");
    assertThat(condition.getMessage())
        .contains("is %d".formatted(value), "spec.ceilings." + ceiling, OWNER);
  }

  @Test
  void queueBeyondTheirNumberIsRefused() {
    tenant.applyQueue("second", "type: Classic");
    tenant.applyQueue("third", "type: Classic");

    var condition = tenant.awaitQueue("third", reason("CeilingExceeded"));

    assertThat(condition.getMessage()).contains("spec.ceilings.queuesPerNamespace 2", OWNER);
    assertThat(ui.queue("third")).isEmpty();
  }

  @Test
  void fleetAboveItsCeilingIsRefused() {
    tenant.applyWorker(
        "modest", "queue: modest, replicas: 4, handler: {java: {className: com.acme.Handler}}");

    var condition = tenant.awaitWorker("modest", found -> found.getMessage().contains("ceilings"));

    assertThat(condition.getMessage()).contains("is 4", "spec.ceilings.workers 3", OWNER);
  }

  @Test
  void connectionsAreLimitedByTheBrokerItself() {
    await()
        .atMost(TestCluster.PATIENCE)
        .untilAsserted(() -> assertThat(ui.limits().path("max-connections").asInt()).isEqualTo(4));
  }

  @Test
  void lengthIsLimitedForWhomeverPublishesAndWhateverTheTenantsPolicySays() {
    await()
        .atMost(TestCluster.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(ui.operatorPolicies())
                    .anySatisfy(
                        policy ->
                            assertThat(policy.path("definition").path("max-length").asInt())
                                .isEqualTo(100)));
  }

  @Test
  void secretOfATenantIsNotTakenForTheTaskBrokers() throws IOException {
    try (var trap = new ServerSocket(0)) {
      var address = "127.0.0.1:" + trap.getLocalPort();
      tenant.applySecret(
          cluster.namespace(),
          Map.of("uri", "amqp://u:p@" + address, "managementUri", "http://u:p@" + address));
      trap.setSoTimeout((int) Duration.ofSeconds(12).toMillis());

      tenant.applyQueue("modest", "type: Classic, maxLength: 50");

      assertThat(connected(trap)).isFalse();
      assertThat(tenant.publisher("modest").get("port"))
          .isEqualTo(Integer.toString(cluster.broker().port()));
    }
  }

  @Test
  void editedBindingSecretGivesNobodyAnotherUser() {
    var was = tenant.publisher("modest");
    tenant.applySecret(
        "modest-queue-binding",
        Map.of("username", cluster.broker().username(), "host", "attacker.example"));

    await().atMost(TestCluster.PATIENCE).until(() -> tenant.publisher("modest").equals(was));
  }

  /// Whether somebody connects in time.
  private static boolean connected(ServerSocket trap) throws IOException {
    try (var _ = trap.accept()) {
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }
}
