package dev.warren.local.operator;

import static dev.warren.local.operator.BoundClient.ACCEPTED;
import static dev.warren.local.operator.TestCluster.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AuthenticationFailureException;
import dev.warren.model.testing.TestBroker;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Credentials change, and nobody is cut off.
class RotationIT {
  private static TestCluster cluster;
  private static ManagementUi ui;

  @BeforeAll
  static void start() throws IOException {
    cluster = new TestCluster(Map.of("WARREN_CREDENTIAL_OVERLAP", "5s"));
    ui = new ManagementUi(cluster.broker(), cluster.namespace());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void bothCredentialsOfAPublisherAreGoodForAWhileAndThenTheNewOnesOnly() throws Exception {
    cluster.applyQueue("keys", "type: Classic");
    cluster.awaitQueue("keys", reason("Reconciled"));
    var before = cluster.tenant().publisher("keys");

    cluster.tenant().annotateQueue("keys", Map.of("warren.dev/rotate-credentials", "1"));

    await()
        .atMost(TestCluster.PATIENCE)
        .until(() -> !cluster.tenant().publisher("keys").equals(before));
    var after = cluster.tenant().publisher("keys");
    assertThat(after.get("username")).isNotEqualTo(before.get("username"));
    assertThat(after.get("password")).isNotEqualTo(before.get("password"));
    await().atMost(TestCluster.PATIENCE).until(() -> ui.hasUser(user(after)));
    assertThat(publish(before)).isEqualTo(ACCEPTED);
    await()
        .atMost(TestCluster.PATIENCE)
        .untilAsserted(() -> assertThat(publish(after)).isEqualTo(ACCEPTED));
    await().atMost(TestCluster.PATIENCE).until(() -> !ui.hasUser(user(before)));
    assertThatThrownBy(() -> publish(before)).isInstanceOf(AuthenticationFailureException.class);
    assertThat(publish(after)).isEqualTo(ACCEPTED);
  }

  @Test
  void changedSecretOfTheTaskBrokerIsUsedWithoutARestartAndTouchesNoQueue() {
    var administrator = cluster.namespace() + "-administrator";
    putAdministrator(administrator, "first");
    var broker = cluster.namespace() + "-rotated";
    cluster.applyBroker(
        broker, uri("amqp", administrator, "first"), uri("http", administrator, "first"));
    var tenant = new Tenant(cluster, cluster.namespace(), broker);
    tenant.applyQueue("steady", "type: Classic");
    tenant.awaitQueue("steady", reason("Reconciled"));
    ui.publish("tasks", "steady");

    putAdministrator(administrator, "second");
    cluster.applyBroker(
        broker, uri("amqp", administrator, "second"), uri("http", administrator, "second"));
    tenant.applyQueue("later", "type: Classic");

    tenant.awaitQueue("later", reason("Reconciled"));
    cluster.awaitBroker(broker, reason("Connected"));
    await().atMost(TestCluster.PATIENCE).until(() -> ui.messages("steady") == 1);
    assertThat(tenant.events("steady")).noneMatch(event -> event.startsWith("DriftRepaired"));
    cluster.broker().call("DELETE", "/api/users/" + administrator, "");
  }

  private static int publish(Map<String, String> binding) throws Exception {
    try (var producer = BoundClient.connect(binding)) {
      return producer.publish("tasks", "keys");
    }
  }

  private static String user(Map<String, String> binding) {
    return String.valueOf(binding.get("username"));
  }

  private static void putAdministrator(String name, String password) {
    cluster
        .broker()
        .call(
            "PUT",
            "/api/users/" + TestBroker.encode(name),
            "{\"password\":\"%s\",\"tags\":\"administrator\"}".formatted(password));
    ui.putPermissions(name, ".*");
  }

  private static String uri(String scheme, String user, String password) {
    var management = cluster.broker().managementUri();
    return scheme.equals("amqp")
        ? "amqp://%s:%s@%s:%d"
            .formatted(user, password, cluster.broker().host(), cluster.broker().port())
        : "http://%s:%s@%s:%d"
            .formatted(user, password, management.getHost(), management.getPort());
  }
}
