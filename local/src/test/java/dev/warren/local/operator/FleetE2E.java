package dev.warren.local.operator;

import static dev.warren.local.operator.TestCluster.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
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
  private static PodCluster fleet;
  private static TestCluster cluster;
  private static Channel channel;

  @BeforeAll
  static void start() throws Exception {
    fleet = PodCluster.start(directory);
    cluster = fleet.cluster();
    channel = fleet.channel();
  }

  @AfterAll
  static void stop() {
    if (fleet != null) {
      fleet.close();
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

    var killed = PodCluster.kill(fleet.podsOf("killed").getFirst());

    assertThat(killed).isPositive();
    await().atMost(PATIENCE).until(() -> files.stream().allMatch(Files::exists));
    await().atMost(PATIENCE).until(() -> channel.messageCount("killed") == 0);
    assertThat(channel.messageCount("killed.dlq")).isZero();
    // More than once where the kill came before the acknowledgement.
    assertThat(files).allSatisfy(file -> assertThat(Files.readAllLines(file)).containsOnly("2"));
  }

  @Test
  void changeThatPodsTakeWhileTheyRunReachesThemAndReplacesNone() {
    startFleet("tuned", "Classic", "replicas: 1, concurrency: 2");
    var pod = fleet.podsOf("tuned").getFirst();
    var template = deployment("tuned").getSpec().getTemplate();

    cluster.applyWorker(
        "tuned", "queue: tuned, replicas: 1, concurrency: 4, " + HandlerImage.HANDLER);

    await()
        .atMost(PATIENCE)
        .until(() -> Files.readString(log(pod)).contains("The configuration has changed"));
    assertThat(deployment("tuned").getSpec().getTemplate()).isEqualTo(template);
    assertThat(fleet.podsOf("tuned"))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.getMetadata().getUid()).isEqualTo(pod.getMetadata().getUid());
              assertThat(found.getMetadata().getAnnotations())
                  .containsKey("warren.dev/configuration-refresh");
            });
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
    assertThat(fleet.podsOf("retired")).isEmpty();
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
    await().atMost(PATIENCE).until(() -> fleet.podsOf("orphaned").isEmpty());
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
    return new RecordingHandler.Entry(file.toString(), millis, failures).json();
  }

  /// Without an id.
  private static void publish(String routingKey, String body) throws Exception {
    fleet.publish(routingKey, MessageProperties.MINIMAL_PERSISTENT_BASIC, body);
  }

  private static Optional<GetResponse> fetch(String queue) throws IOException {
    return Optional.ofNullable(channel.basicGet(queue, true));
  }

  private static String header(GetResponse message, String name) {
    return String.valueOf(Objects.requireNonNull(message.getProps().getHeaders()).get(name));
  }

  private static Deployment deployment(String name) {
    return cluster
        .client()
        .apps()
        .deployments()
        .inNamespace(cluster.namespace())
        .withName(name)
        .get();
  }

  private static Path log(Pod pod) {
    var name = "%s_%s.log".formatted(cluster.namespace(), pod.getMetadata().getName());
    return directory.resolve("logs").resolve(name);
  }
}
