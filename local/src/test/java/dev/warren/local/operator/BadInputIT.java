package dev.warren.local.operator;

import static dev.warren.local.operator.TestCluster.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a person reads who got something wrong: what, where, and what to do.
class BadInputIT {
  private static final String JAVA_HANDLER = "handler: {java: {className: com.acme.Handler}}";
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
  void invalidDurationIsRefusedWithFieldAndValue() {
    assertThatThrownBy(() -> cluster.applyQueue("bad-duration", "retry: {initialDelay: soon}"))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("spec.retry.initialDelay")
        .hasMessageContaining("\"soon\"");
  }

  @Test
  void durationThatTheSchemaCannotJudgeBecomesACondition() {
    cluster.applyQueue("long-delay", "retry: {maxDelay: 60d}");

    var condition = cluster.awaitQueue("long-delay", reason("InvalidSpec"));

    assertThat(condition.getStatus()).isEqualTo("False");
    assertThat(condition.getMessage())
        .isEqualTo("spec.retry.maxDelay is 60d; use initialDelay to 30d");
  }

  @Test
  void unknownHandlerKindIsNamedAtApplyOrInTheCondition() {
    cluster.applyQueue("handled", "");

    assertThat(answerTo("python", "queue: handled, handler: {python: {}}"))
        .containsAnyOf(
            "set exactly one of java, http, exec, custom",
            ".spec.handler.python: field not declared in schema");
  }

  @Test
  void workerOfAQueueThatDoesNotExistSaysWhichAndWhere() {
    cluster.applyWorker("orphan", "queue: nowhere, " + JAVA_HANDLER);

    var condition = cluster.awaitWorker("orphan", reason("QueueNotFound"));

    assertThat(condition.getMessage())
        .isEqualTo(
            "TaskQueue 'nowhere' does not exist in namespace '%s'; create it or correct spec.queue"
                .formatted(cluster.namespace()));
  }

  @Test
  void queueNameOfAnOlderTaskQueueIsAConflictThatNamesTheOwner() {
    cluster.applyQueue("owner", "queueName: contested");
    cluster.awaitQueue("owner", reason("Reconciled"));
    cluster.applyQueue("rival", "queueName: contested");

    var condition = cluster.awaitQueue("rival", reason("Conflict"));

    assertThat(condition.getMessage())
        .contains(
            "queue 'contested'",
            "TaskQueue '%s/owner'".formatted(cluster.namespace()),
            "spec.queueName");
    cluster.awaitEvent("rival", "Conflict");
  }

  @Test
  void wrongPasswordOfTheBrokerIsToldWithoutThePassword() {
    var management = cluster.broker().managementUri();
    var wrong =
        "http://%s:sesame@%s:%d"
            .formatted(cluster.broker().username(), management.getHost(), management.getPort());

    cluster.applyBroker(
        cluster.namespace() + "-password", cluster.broker().uri().toString(), wrong);

    var condition =
        cluster.awaitBroker(cluster.namespace() + "-password", reason("BrokerUnauthorized"));
    assertThat(condition.getMessage()).contains("Secret", "password").doesNotContain("sesame");
  }

  @Test
  void brokerThatIsDownIsToldOnTheTaskBrokerAndItsQueues() throws IOException {
    var name = cluster.namespace() + "-down";
    cluster.applyBroker(
        name, cluster.broker().uri().toString(), "http://u:p@127.0.0.1:" + closedPort());
    cluster.apply(
        """
        apiVersion: warren.dev/v1alpha1
        kind: TaskQueue
        metadata: {name: unlucky, namespace: %s}
        spec: {broker: %s}
        """
            .formatted(cluster.namespace(), name));

    var broker = cluster.awaitBroker(name, reason("BrokerUnreachable"));
    var queue = cluster.awaitQueue("unlucky", reason("BrokerUnreachable"));

    assertThat(broker.getMessage()).contains("does not answer", "check that the broker runs");
    assertThat(queue.getMessage()).contains("TaskBroker '" + name + "'");
  }

  @Test
  void existingQueueThatDoesNotFitIsLeftAloneAndTheDifferenceIsNamed() {
    cluster
        .broker()
        .call(
            "PUT",
            "/api/queues/%s/brownfield".formatted(cluster.broker().vhost()),
            "{\"durable\":true,\"arguments\":{\"x-queue-type\":\"classic\"}}");

    cluster.applyQueue("brownfield", "type: Quorum");

    var condition = cluster.awaitQueue("brownfield", reason("Differs"));
    assertThat(condition.getMessage())
        .contains("queue 'brownfield' exists with x-queue-type classic, wanted quorum");
  }

  private static String answerTo(String worker, String spec) {
    try {
      cluster.applyWorker(worker, spec);
    } catch (KubernetesClientException e) {
      return String.valueOf(e.getMessage());
    }
    return cluster.awaitWorker(worker, reason("InvalidSpec")).getMessage();
  }

  private static int closedPort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
