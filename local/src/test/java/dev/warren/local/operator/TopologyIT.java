package dev.warren.local.operator;

import static dev.warren.local.operator.TestCluster.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskQueueStatus;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// From resources to what is in the broker and in Kubernetes, and back.
class TopologyIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WORKER = "handler: {java: {className: com.acme.Handler}}";
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
  void emptySpecBecomesAQueueThatProducersCanReach() {
    cluster.applyQueue("plain", "");

    cluster.awaitQueue("plain", reason("Reconciled"));

    assertThat(publish("plain", "{}")).isTrue();
    await()
        .atMost(TestCluster.PATIENCE)
        .until(() -> Long.valueOf(1).equals(status("plain").ready()));
    assertThat(queue("plain").path("arguments").path("x-queue-type").asText()).isEqualTo("quorum");
    assertThat(queue("plain.dlq").isMissingNode()).isFalse();
    assertThat(status("plain").retryDelays()).containsExactly("1s", "2s", "4s", "8s");
  }

  @Test
  void deletedQueueAndLostBindingComeBack() {
    cluster.applyQueue("drift", "type: Classic");
    cluster.awaitQueue("drift", reason("Reconciled"));

    broker("DELETE", "/api/queues/%s/drift", "");

    await().atMost(Duration.ofSeconds(30)).until(() -> !queue("drift").isMissingNode());
    await().atMost(Duration.ofSeconds(30)).until(() -> publish("drift", "{}"));
  }

  @Test
  void workerUserMayReadItsQueueAndNothingElse() {
    cluster.applyQueue("mine", "type: Classic");
    cluster.applyWorker("mine", "queue: mine, " + WORKER);
    cluster.awaitWorker("mine", condition -> !condition.getReason().equals("QueueNotReady"));
    var user = "warren.worker.%s.mine".formatted(cluster.namespace());

    await()
        .atMost(TestCluster.PATIENCE)
        .until(() -> !permissions(user).path("read").asText().isEmpty());

    assertThat(permissions(user).path("read").asText()).isEqualTo("^(mine)$");
    assertThat(permissions(user).path("configure").asText()).isEmpty();
    assertThat(permissions(user).path("write").asText())
        .startsWith("^(warren\\.delay\\.")
        .endsWith("|warren\\.dead-letter)$");
    var secret = secret("mine-worker-binding");
    assertThat(cluster.operator().log()).doesNotContain(text(secret, "password"));
    assertThat(text(secret, "username")).isEqualTo(user);
    assertThat(secret.getData().values())
        .noneMatch(value -> decode(value).contains(cluster.broker().password()));
  }

  @Test
  void deploymentFollowsTheBacklogUpFromZeroAndDownAgain() {
    cluster.applyQueue("scaled", "type: Classic");
    cluster.applyWorker(
        "scaled",
        "queue: scaled, autoscaling: {minReplicas: 0, maxReplicas: 3, targetBacklog: 2, cooldown: 1s}, "
            + WORKER);
    cluster.awaitWorker("scaled", reason("ScaledToZero"));

    for (int i = 0; i < 5; i++) {
      publish("scaled", "{}");
    }
    await().atMost(TestCluster.PATIENCE).until(() -> replicas("scaled") == 3);
    broker("DELETE", "/api/queues/%s/scaled/contents", "");

    await().atMost(TestCluster.PATIENCE).until(() -> replicas("scaled") == 0);
    cluster.awaitEvent("scaled", "Scaled: 3: 5 tasks wait");
  }

  @Test
  void nothingIsWrittenAtRestAndAfterARestart() throws Exception {
    cluster.applyQueue("resting", "type: Classic");
    cluster.applyWorker("resting", "queue: resting, replicas: 0, " + WORKER);
    cluster.awaitWorker("resting", reason("ScaledToZero"));
    var settled = settledVersions("resting");

    cluster.operator().kill();
    cluster.startOperator();

    assertThat(settledVersions("resting")).isEqualTo(settled);
  }

  @Test
  void deletionKeepsAQueueThatHoldsMessagesAndFinishesOnceTheyAreGone() {
    cluster.applyQueue("full", "type: Classic");
    cluster.awaitQueue("full", reason("Reconciled"));
    publish("full", "{}");
    await()
        .atMost(TestCluster.PATIENCE)
        .until(() -> Long.valueOf(1).equals(status("full").ready()));

    cluster.client().resource(cluster.queue("full")).delete();

    var waiting = cluster.awaitQueue("full", reason("WaitingUntilEmpty"));
    assertThat(waiting.getMessage()).contains("'full'", "'full.dlq'", "spec.deletionPolicy");
    assertThat(queue("full").isMissingNode()).isFalse();
    broker("DELETE", "/api/queues/%s/full/contents", "");
    await().atMost(TestCluster.PATIENCE).until(() -> gone("full"));
    assertThat(queue("full").isMissingNode()).isTrue();
    assertThat(queue("full.dlq").isMissingNode()).isTrue();
  }

  @Test
  void policyDeletesAtOnceWhatMayBeDeleted() {
    cluster.applyQueue("doomed", "type: Classic, deletionPolicy: Delete");
    cluster.awaitQueue("doomed", reason("Reconciled"));
    publish("doomed", "{}");

    cluster.client().resource(cluster.queue("doomed")).delete();

    await().atMost(TestCluster.PATIENCE).until(() -> gone("doomed"));
    assertThat(queue("doomed").isMissingNode()).isTrue();
  }

  @Test
  void stopsCleanlyAndSpeaksOfItself() throws Exception {
    var operator = cluster.operator();
    var metrics = operator.get("/metrics").body();
    var live = operator.get("/livez").statusCode();

    var status = operator.stop();
    var log = operator.log();
    var holder = cluster.leaseHolder();
    cluster.startOperator();

    assertThat(metrics).contains("operator_sdk_reconciliations");
    assertThat(live).isEqualTo(200);
    // 128 + SIGTERM, as the JVM says it.
    assertThat(status).isEqualTo(143);
    assertThat(holder).isEmpty();
    assertThat(log.lines())
        .allSatisfy(line -> assertThat(JSON.readTree(line).has("message")).isTrue());
    assertThat(log).contains("\"Stopped\"").doesNotContain(cluster.broker().password());
  }

  @Test
  void endsWhenAnotherHasItsLeaseAndLeadsAgainAfterThat() {
    cluster.takeLease("another");

    await().atMost(TestCluster.PATIENCE).until(() -> cluster.operator().log().contains("Lost the"));
    cluster.applyQueue("after", "type: Classic");
    cluster.awaitQueue("after", reason("Reconciled"));
    assertThat(cluster.leaseHolder()).isEqualTo("operator-under-test");
  }

  private static TaskQueueStatus status(String name) {
    return Objects.requireNonNull(cluster.queue(name).getStatus());
  }

  private static boolean gone(String name) {
    return cluster
            .client()
            .resources(TaskQueue.class)
            .inNamespace(cluster.namespace())
            .withName(name)
            .get()
        == null;
  }

  private static int replicas(String name) {
    var deployment = deployment(name);
    return deployment == null ? -1 : deployment.getSpec().getReplicas();
  }

  private static @Nullable Deployment deployment(String name) {
    return cluster
        .client()
        .apps()
        .deployments()
        .inNamespace(cluster.namespace())
        .withName(name)
        .get();
  }

  /// The versions once they have stayed the same for longer than several readings of the broker.
  private static String settledVersions(String name) {
    var last = new AtomicReference<>("");
    await()
        .during(Duration.ofSeconds(4))
        .atMost(TestCluster.PATIENCE)
        .until(() -> last.getAndSet(versions(name)).equals(versions(name)));
    return versions(name);
  }

  private static String versions(String name) {
    return cluster.queue(name).getMetadata().getResourceVersion()
        + "/"
        + cluster.worker(name).getMetadata().getResourceVersion()
        + "/"
        + Objects.requireNonNull(deployment(name)).getMetadata().getGeneration()
        + "/"
        + secret(name + "-worker-binding").getMetadata().getResourceVersion();
  }

  private static Secret secret(String name) {
    return cluster.client().secrets().inNamespace(cluster.namespace()).withName(name).get();
  }

  private static String text(Secret secret, String key) {
    return decode(Objects.requireNonNull(secret.getData().get(key)));
  }

  private static String decode(String value) {
    return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
  }

  private static boolean publish(String routingKey, String body) {
    return json(broker(
            "POST",
            "/api/exchanges/%s/tasks/publish",
            "{\"properties\":{\"delivery_mode\":2},\"routing_key\":\"%s\",\"payload\":\"%s\",\"payload_encoding\":\"string\"}"
                .formatted(routingKey, body)))
        .path("routed")
        .asBoolean();
  }

  private static JsonNode queue(String name) {
    return find("queues", "name", name);
  }

  private static JsonNode permissions(String user) {
    return find("permissions", "user", user);
  }

  private static JsonNode find(String what, String key, String value) {
    var list =
        what.equals("permissions")
            ? broker("GET", "/api/vhosts/%s/permissions", "")
            : broker("GET", "/api/" + what + "/%s", "");
    for (var element : json(list)) {
      if (element.path(key).asText().equals(value)) {
        return element;
      }
    }
    return MissingNode.getInstance();
  }

  private static String broker(String method, String path, String body) {
    return cluster.broker().call(method, path.formatted(cluster.broker().vhost()), body);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
