package dev.warren.local.operator;

import static dev.warren.local.operator.TestCluster.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A namespace that is full of Warren's resources can always be deleted.
class NamespaceDeletionIT {
  private static final int COUNT = 20;
  private static final Duration BOUND = Duration.ofMinutes(1);

  /// Two minutes of patience with the broker, and some.
  private static final Duration BOUND_WITHOUT_BROKER = Duration.ofMinutes(3);

  private static TestCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    cluster = new TestCluster();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void namespaceEndsWithinAMinute() {
    var tenant = cluster.createTenant(cluster.namespace() + "-full", cluster.namespace());
    fill(tenant);
    var ui = new ManagementUi(cluster.broker(), tenant.namespace());
    ui.publish("tasks", "job-0");

    delete(tenant);

    awaitEnd(tenant, BOUND);
    assertThat(ui.queue("job-0")).as("holds a message").isPresent();
    assertThat(ui.queue("job-1")).isEmpty();
    cluster.broker().call("DELETE", "/api/vhosts/" + tenant.namespace(), "");
  }

  @Test
  @Tag("any-broker")
  void namespaceEndsThoughTheBrokerIsAway() throws IOException {
    var broker = cluster.namespace() + "-leaving";
    cluster.applyBroker(
        broker, cluster.broker().uri().toString(), cluster.broker().managementUri().toString());
    var tenant = cluster.createTenant(cluster.namespace() + "-lost", broker);
    fill(tenant);
    cluster.applyBroker(
        broker, cluster.broker().uri().toString(), "http://u:p@127.0.0.1:" + closedPort());
    cluster.awaitBroker(broker, reason("BrokerUnreachable"));

    delete(tenant);

    awaitEnd(tenant, BOUND_WITHOUT_BROKER);
    cluster.broker().call("DELETE", "/api/vhosts/" + tenant.namespace(), "");
  }

  private static void fill(Tenant tenant) {
    for (int i = 0; i < COUNT; i++) {
      tenant.applyQueue("job-" + i, "type: Classic");
      tenant.applyWorker(
          "job-" + i,
          "queue: job-%d, replicas: 0, handler: {java: {className: com.acme.Handler}}"
              .formatted(i));
    }
    for (int i = 0; i < COUNT; i++) {
      tenant.awaitQueue("job-" + i, reason("Reconciled"));
      tenant.awaitWorker("job-" + i, reason("ScaledToZero"));
    }
  }

  private static void delete(Tenant tenant) {
    cluster.client().namespaces().withName(tenant.namespace()).delete();
  }

  private static void awaitEnd(Tenant tenant, Duration bound) {
    await()
        .atMost(bound)
        .until(() -> cluster.client().namespaces().withName(tenant.namespace()).get() == null);
  }

  private static int closedPort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
