package dev.warren.local.operator;

import static dev.warren.local.operator.TestCluster.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import dev.warren.local.pods.PodRunner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tasks spread over shards, their retries, and a change of the number of shards, with real pods.
class ShardsE2E {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

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
    connection = Traffic.connect(cluster.broker());
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
  void tasksOfAllShardsAreDoneThoughEachFailsFirst() throws Exception {
    applyShards("spread", 3);
    cluster.awaitQueue("spread", reason("Reconciled"));
    var files = publish("spread", 0, 60, 1);
    assertThat(queues("spread")).containsExactly("spread.0", "spread.1", "spread.2");
    for (var shard : queues("spread")) {
      assertThat(channel.messageCount(shard)).isPositive();
    }

    startWorkers("spread");

    await().atMost(PATIENCE).until(() -> files.stream().allMatch(Files::exists));
    assertThat(files).allSatisfy(file -> assertThat(file).hasContent("2"));
    assertThat(channel.messageCount("spread.dlq")).isZero();
  }

  @Test
  void everyTaskIsDoneThoughTheNumberOfShardsChanges() throws Exception {
    applyShards("shrunk", 3);
    startWorkers("shrunk");
    cluster.awaitWorker("shrunk", reason("Consuming"));
    var files = new ArrayList<>(publish("shrunk", 0, 40, 1));

    applyShards("shrunk", 2);

    for (int count = 40; count < 400 && !isMoved("shrunk"); count += 10) {
      files.addAll(publish("shrunk", count, 10, 1));
    }
    await().atMost(PATIENCE).until(() -> isMoved("shrunk"));
    files.addAll(publish("shrunk", 400, 40, 1));
    await().atMost(PATIENCE).until(() -> files.stream().allMatch(Files::exists));
    assertThat(queues("shrunk")).containsExactly("shrunk.g2.0", "shrunk.g2.1");
    assertThat(channel.messageCount("shrunk.dlq")).isZero();
  }

  private static void applyShards(String name, int shards) {
    cluster.applyQueue(
        name, "type: Classic, shards: %d, retry: {initialDelay: 200ms}".formatted(shards));
  }

  private static void startWorkers(String queue) {
    cluster.applyWorker(
        queue, "queue: %s, replicas: 1, concurrency: 4, %s".formatted(queue, HandlerImage.HANDLER));
  }

  /// Publishes tasks with ids, each of which fails `failures` times.
  ///
  /// @return the files that they leave when they are done
  private static List<Path> publish(String queue, int first, int count, int failures)
      throws Exception {
    var files = new ArrayList<Path>();
    for (int number = first; number < first + count; number++) {
      var file = directory.resolve(queue + "-" + number);
      var task = "{\"file\":\"%s\",\"millis\":20,\"failures\":%d}".formatted(file, failures);
      channel.basicPublish(
          "tasks",
          queue,
          true,
          MessageProperties.PERSISTENT_BASIC.builder().messageId(file.toString()).build(),
          task.getBytes(StandardCharsets.UTF_8));
      files.add(file);
    }
    channel.waitForConfirmsOrDie(10_000);
    return files;
  }

  /// Whether nothing is left of the queues before the change.
  private static boolean isMoved(String name) {
    return queues(name).stream().allMatch(queue -> queue.startsWith(name + ".g2."));
  }

  private static List<String> queues(String name) {
    return Objects.requireNonNull(Objects.requireNonNull(cluster.queue(name).getStatus()).queues());
  }
}
