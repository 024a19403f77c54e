package dev.warren.local.operator;

import static dev.warren.local.operator.TestCluster.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.MessageProperties;
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
      fleet.publish(
          queue,
          MessageProperties.PERSISTENT_BASIC.builder().messageId(file.toString()).build(),
          new RecordingHandler.Entry(file.toString(), 20, failures).json());
      files.add(file);
    }
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
