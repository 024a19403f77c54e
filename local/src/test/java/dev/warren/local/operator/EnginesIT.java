package dev.warren.local.operator;

import static dev.warren.local.operator.TestCluster.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import dev.warren.crds.TaskWorkerStatus;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How sizes come about, and for whose tasks.
class EnginesIT {
  private static final String AUTOSCALING =
      "autoscaling: {engine: Direct, targetBacklog: 10, cooldown: 2s, scaleDown: {stabilization: 1s}}";
  private static final String HANDLER = "handler: {java: {className: x.Handler}}";

  private static TestCluster cluster;
  private BoundClient client;

  @BeforeAll
  static void start() throws IOException {
    cluster = new TestCluster();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void connect() throws IOException, TimeoutException {
    client = BoundClient.connect(cluster.broker(), cluster.namespace());
  }

  @AfterEach
  void disconnect() throws IOException {
    client.close();
  }

  @Test
  void sizeIsNoPartOfTheDeploymentThatIsApplied() {
    queue("photos");
    cluster.applyWorker("photos", "queue: photos, %s, %s".formatted(AUTOSCALING, HANDLER));
    awaitSize("photos", 0);

    publish("photos", 35);
    awaitSize("photos", 4);
    cluster.applyWorker(
        "photos",
        "queue: photos, podTemplate: {spec: {priorityClassName: urgent}}, %s, %s"
            .formatted(AUTOSCALING, HANDLER));

    await()
        .atMost(TestCluster.PATIENCE)
        .until(
            () ->
                "urgent"
                    .equals(
                        deployment("photos")
                            .getSpec()
                            .getTemplate()
                            .getSpec()
                            .getPriorityClassName()));
    assertThat(deployment("photos").getSpec().getReplicas()).isEqualTo(4);
    assertThat(appliedByOperator("photos")).isNotEmpty().doesNotContain("f:replicas");
  }

  @Test
  void sizeThatSomebodyElseWritesIsPutBack() {
    queue("videos");
    cluster.applyWorker("videos", "queue: videos, %s, %s".formatted(AUTOSCALING, HANDLER));
    publish("videos", 35);
    awaitSize("videos", 4);

    cluster
        .client()
        .apps()
        .deployments()
        .inNamespace(cluster.namespace())
        .withName("videos")
        .scale(9);

    awaitSize("videos", 4);
  }

  @Test
  void fleetsOfOneQueueShareItsTasks() {
    queue("orders");
    cluster.applyWorker("cheap", "queue: orders, %s, %s".formatted(AUTOSCALING, HANDLER));
    cluster.applyWorker(
        "spare", "queue: orders, concurrency: 30, %s, %s".formatted(AUTOSCALING, HANDLER));
    awaitSize("cheap", 0);
    awaitSize("spare", 0);

    publish("orders", 80);

    awaitSize("cheap", 2);
    awaitSize("spare", 6);
    assertThat(scaling("spare").reason()).contains("75 % of a queue that 2 TaskWorkers share");
  }

  @Test
  void tasksThatAForeignConsumerHoldsKeepNoFleet() throws Exception {
    queue("letters");
    cluster.applyWorker("letters", "queue: letters, %s, %s".formatted(AUTOSCALING, HANDLER));
    publish("letters", 5);
    awaitSize("letters", 1);

    var held = new CountDownLatch(5);
    assertThat(
            client.answerTo(
                channel -> {
                  channel.basicConsume("letters", false, holder(channel, held));
                  assertThat(held.await(10, TimeUnit.SECONDS)).isTrue();
                  awaitSize("letters", 0);
                }))
        .isEqualTo(BoundClient.ACCEPTED);
  }

  private static DefaultConsumer holder(Channel channel, CountDownLatch held) {
    return new DefaultConsumer(channel) {
      @Override
      public void handleDelivery(
          String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
        held.countDown();
      }
    };
  }

  private static void queue(String name) {
    cluster.applyQueue(name, "type: Classic");
    cluster.awaitQueue(name, reason("Reconciled"));
  }

  private void publish(String key, int tasks) {
    for (int i = 0; i < tasks; i++) {
      assertThat(client.publish("tasks", key)).isEqualTo(BoundClient.ACCEPTED);
    }
  }

  private static void awaitSize(String worker, int pods) {
    await()
        .atMost(TestCluster.PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              assertThat(cluster.worker(worker).getStatus())
                  .extracting(TaskWorkerStatus::scaling)
                  .isNotNull();
              assertThat(scaling(worker).wanted()).as(scaling(worker).reason()).isEqualTo(pods);
              assertThat(deployment(worker).getSpec().getReplicas()).isEqualTo(pods);
            });
  }

  private static TaskWorkerStatus.Scaling scaling(String worker) {
    return Objects.requireNonNull(
        Optional.ofNullable(cluster.worker(worker).getStatus()).orElseThrow().scaling());
  }

  private static Deployment deployment(String name) {
    return Objects.requireNonNull(
        cluster
            .client()
            .apps()
            .deployments()
            .inNamespace(cluster.namespace())
            .withName(name)
            .get());
  }

  /// Fields of the Deployment that field manager `warren` owns.
  private static String appliedByOperator(String name) {
    return deployment(name).getMetadata().getManagedFields().stream()
        .filter(entry -> entry.getManager().equals("warren"))
        .map(ManagedFieldsEntry::getFieldsV1)
        .map(fields -> fields.getAdditionalProperties().toString())
        .reduce("", String::concat);
  }
}
