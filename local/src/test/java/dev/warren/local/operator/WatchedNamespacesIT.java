package dev.warren.local.operator;

import static dev.warren.local.operator.TestCluster.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.warren.crds.TaskQueueStatus;
import dev.warren.model.testing.TestBroker;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An operator that watches some namespaces, with the rights that the chart gives it in these.
class WatchedNamespacesIT {
  private static final String WORKER =
      "queue: jobs, replicas: 0, handler: {java: {className: com.acme.Handler}}";

  private static TestCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    var broker = TestBroker.withNewVhost();
    var name = broker.vhost();
    cluster =
        TestCluster.watching(
            broker, List.of(name + "-media", name + "-reports", name + "-ending", name + "-gone"));
  }

  @AfterAll
  static void stop() {
    cluster.close();
    List.of("-media", "-reports", "-ending")
        .forEach(
            suffix ->
                cluster.broker().call("DELETE", "/api/vhosts/" + cluster.namespace() + suffix, ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-media", "-reports"})
  void resourcesInAWatchedNamespaceAreMadeAndKeptWithoutARefusal(String suffix) {
    var tenant = cluster.tenant(cluster.namespace() + suffix);

    tenant.applyQueue("jobs", "type: Classic");
    tenant.applyWorker("jobs", WORKER);
    tenant.awaitQueue("jobs", reason("Reconciled"));
    tenant.awaitWorker("jobs", reason("ScaledToZero"));

    assertBindingIsPutBack(tenant);
    assertThat(cluster.operator().log().lines())
        .filteredOn(line -> line.contains("forbidden"))
        .allSatisfy(line -> assertThat(line).containsAnyOf("-ending", "-gone"));
  }

  @Test
  void taskQueueElsewhereIsLeftAlone() {
    var elsewhere = cluster.createTenant(cluster.namespace() + "-elsewhere", cluster.namespace());
    var watched = cluster.tenant(cluster.namespace() + "-media");

    elsewhere.applyQueue("jobs", "type: Classic");
    watched.applyQueue("later", "type: Classic");

    watched.awaitQueue("later", reason("Reconciled"));
    assertThat(elsewhere.queue("jobs").getStatus())
        .extracting(TaskQueueStatus::observedGeneration)
        .isEqualTo(-1L);
    assertThat(elsewhere.queue("jobs").getFinalizers()).isEmpty();
  }

  @Test
  void secretElsewhereIsRefusedWithTheRemedy() {
    var elsewhere = cluster.createTenant(cluster.namespace() + "-vault", cluster.namespace());
    elsewhere.applySecret("rabbitmq", Map.of("uri", "amqp://u:p@127.0.0.1"));
    var name = cluster.namespace() + "-unreadable";

    cluster.applyBroker(
        name, "secretRef: {name: rabbitmq, namespace: %s}".formatted(elsewhere.namespace()));

    assertThat(cluster.awaitBroker(name, reason("SecretForbidden")).getMessage())
        .startsWith("Secret '%s/rabbitmq' may not be read".formatted(elsewhere.namespace()))
        .contains("in one that it watches");
    await()
        .atMost(TestCluster.PATIENCE)
        .until(
            () ->
                cluster.tenant("default").events(name).stream()
                    .anyMatch(event -> event.startsWith("SecretForbidden")));
    cluster.client().resource(cluster.taskBroker(name)).delete();
  }

  @Test
  void namespaceEndsThoughTheRightsInItAreGoneFirst() {
    var tenant = cluster.tenant(cluster.namespace() + "-ending");
    tenant.applyQueue("jobs", "type: Classic");
    tenant.applyWorker("jobs", WORKER);
    tenant.awaitQueue("jobs", reason("Reconciled"));
    tenant.awaitWorker("jobs", reason("ScaledToZero"));

    cluster.account().revoke(tenant.namespace());
    delete(tenant);

    awaitEnd(tenant);
  }

  @Test
  void operatorStartsThoughAWatchedNamespaceIsGone() throws Exception {
    var gone = cluster.tenant(cluster.namespace() + "-gone");
    var media = cluster.tenant(cluster.namespace() + "-media");
    var reports = cluster.tenant(cluster.namespace() + "-reports");
    media.applyQueue("jobs", "type: Classic");
    media.awaitQueue("jobs", reason("Reconciled"));
    reports.applyQueue("jobs", "type: Classic");
    reports.awaitQueue("jobs", reason("Reconciled"));
    delete(gone);
    awaitEnd(gone);

    cluster.operator().stop();
    cluster.startOperator();

    assertBindingIsPutBack(media);
    assertBindingIsPutBack(reports);
  }

  /// Needs that the operator knows TaskQueue and Secret.
  private static void assertBindingIsPutBack(Tenant tenant) {
    var binding = tenant.publisher("jobs");

    tenant.applySecret("jobs-queue-binding", Map.of("username", "somebody-else"));

    await().atMost(TestCluster.PATIENCE).until(() -> tenant.publisher("jobs").equals(binding));
  }

  private static void delete(Tenant tenant) {
    cluster.client().namespaces().withName(tenant.namespace()).delete();
  }

  private static void awaitEnd(Tenant tenant) {
    await()
        .atMost(TestCluster.PATIENCE)
        .until(() -> cluster.client().namespaces().withName(tenant.namespace()).get() == null);
  }
}
