package dev.warren.local.operator;

import static dev.warren.local.operator.TestCluster.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import dev.warren.local.pods.PodRunner;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole path: operator, pods as processes, tasks, and what becomes of them.
class FleetE2E {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir static Path directory;
  private static TestCluster cluster;
  private static PodRunner pods;
  private static Connection connection;
  private static Channel channel;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(
        System.getenv("WARREN_TEST_KUBECONFIG") == null,
        "a given API server has its own kubelets: pods as processes are for the embedded one");
    cluster = new TestCluster();
    pods =
        PodRunner.start(cluster.client(), HandlerImage.images(), directory, cluster.kubeconfig());
    var factory = new ConnectionFactory();
    factory.setUri(cluster.broker().uri());
    connection = factory.newConnection();
    channel = connection.createChannel();
    channel.confirmSelect();
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      connection.close();
      pods.close();
      cluster.close();
    }
  }

  @Test
  void handlerClassThatIsNotThereIsNamedInTheCondition() {
    cluster.applyQueue("lost", "type: Classic");
    cluster.applyWorker(
        "lost", "queue: lost, replicas: 1, handler: {java: {className: com.acme.Missing}}");

    var condition = cluster.awaitWorker("lost", ready -> ready.getReason().equals("PodsFailing"));

    assertThat(condition.getMessage()).contains("exit code 78", "com.acme.Missing");
    cluster.awaitEvent("lost", "PodsFailing");
  }

  @Test
  void bodyThatIsNotJsonIsDeadLetteredWithTheReason() throws Exception {
    startFleet("mixed", "Classic", "replicas: 1");

    publish("mixed", "{\"file\": ");
    var good = directory.resolve("good");
    publish("mixed", entry(good, 0, 0));

    await().atMost(PATIENCE).until(() -> Files.exists(good));
    var letter =
        await().atMost(PATIENCE).until(() -> fetch("mixed.dlq"), Optional::isPresent).orElseThrow();
    assertThat(header(letter, "warren-error-message")).contains("JSON");
    assertThat(header(letter, "warren-origin-routing-key")).isEqualTo("mixed");
    assertThat(new String(letter.getBody(), StandardCharsets.UTF_8)).isEqualTo("{\"file\": ");
  }

  @Test
  void everyTaskIsDoneThoughItFailsFirstAndAWorkerIsKilled() throws Exception {
    startFleet("killed", "Quorum", "replicas: 2, concurrency: 2");
    var files = files("killed", 60);
    for (var file : files) {
      publish("killed", entry(file, 50, 1));
    }
    await().atMost(PATIENCE).until(() -> files.stream().anyMatch(Files::exists));

    kill(podsOf("killed").getFirst());

    await().atMost(PATIENCE).until(() -> files.stream().allMatch(Files::exists));
    await().atMost(PATIENCE).until(() -> channel.messageCount("killed") == 0);
    assertThat(channel.messageCount("killed.dlq")).isZero();
    assertThat(files).allSatisfy(file -> assertThat(file).hasContent("2"));
  }

  @Test
  void deletedWorkerLeavesNeitherPodsNorUserBehind() {
    startFleet("retired", "Classic", "replicas: 1");
    var user = "warren.worker.%s.retired".formatted(cluster.namespace());
    assertThat(cluster.broker().call("GET", "/api/users", "")).contains(user);

    cluster.client().resource(cluster.worker("retired")).delete();

    await()
        .atMost(PATIENCE)
        .until(() -> !cluster.broker().call("GET", "/api/users", "").contains(user));
    assertThat(podsOf("retired")).isEmpty();
  }

  @Test
  void everyTaskIsDoneThoughTheOperatorIsKilled() throws Exception {
    cluster.applyQueue("orphaned", "type: Classic");
    cluster.applyWorker(
        "orphaned",
        "queue: orphaned, autoscaling: {minReplicas: 0, maxReplicas: 2, targetBacklog: 5, cooldown: 2s}, "
            + HandlerImage.HANDLER);
    cluster.awaitWorker("orphaned", reason("ScaledToZero"));

    cluster.operator().kill();
    var files = files("orphaned", 20);
    for (var file : files) {
      publish("orphaned", entry(file, 10, 0));
    }
    cluster.startOperator();

    await().atMost(PATIENCE).until(() -> files.stream().allMatch(Files::exists));
    cluster.awaitWorker("orphaned", reason("ScaledToZero"));
    await().atMost(PATIENCE).until(() -> podsOf("orphaned").isEmpty());
  }

  private static void startFleet(String name, String type, String spec) {
    cluster.applyQueue(name, "type: %s, retry: {initialDelay: 200ms}".formatted(type));
    cluster.applyWorker(name, "queue: %s, %s, %s".formatted(name, spec, HandlerImage.HANDLER));
    cluster.awaitWorker(name, reason("Consuming"));
  }

  private static List<Path> files(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> directory.resolve(prefix + "-" + i)).toList();
  }

  private static String entry(Path file, long millis, int failures) {
    return "{\"file\":\"%s\",\"millis\":%d,\"failures\":%d}".formatted(file, millis, failures);
  }

  /// As a producer that knows nothing of Warren.
  private static void publish(String routingKey, String body) throws Exception {
    channel.basicPublish(
        "tasks",
        routingKey,
        true,
        new AMQP.BasicProperties.Builder().deliveryMode(2).build(),
        body.getBytes(StandardCharsets.UTF_8));
    channel.waitForConfirmsOrDie(10_000);
  }

  private static Optional<GetResponse> fetch(String queue) throws IOException {
    return Optional.ofNullable(channel.basicGet(queue, true));
  }

  private static String header(GetResponse message, String name) {
    return String.valueOf(Objects.requireNonNull(message.getProps().getHeaders()).get(name));
  }

  private static List<Pod> podsOf(String worker) {
    return cluster
        .client()
        .pods()
        .inNamespace(cluster.namespace())
        .withLabel("warren.dev/worker", worker)
        .list()
        .getItems();
  }

  /// Kills the pod's process, which has the pod's name in its environment.
  private static void kill(Pod pod) {
    var name = pod.getMetadata().getName();
    var processes =
        ProcessHandle.allProcesses()
            .filter(process -> environmentOf(process).contains("WARREN_POD_NAME=" + name + "\0"))
            .toList();
    assertThat(processes).isNotEmpty();
    processes.forEach(ProcessHandle::destroyForcibly);
  }

  private static String environmentOf(ProcessHandle process) {
    try {
      return Files.readString(
          Path.of("/proc/%d/environ".formatted(process.pid())), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
