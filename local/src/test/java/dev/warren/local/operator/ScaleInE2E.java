package dev.warren.local.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.MessageProperties;
import dev.warren.local.operator.RecordingHandler.Entry;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A fleet that gets smaller while one of its pods works.
class ScaleInE2E {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final AMQP.BasicProperties TASK = MessageProperties.PERSISTENT_BASIC;

  @TempDir static Path directory;
  private static PodCluster fleet;

  @BeforeAll
  static void start() throws Exception {
    fleet = PodCluster.start(directory);
  }

  @AfterAll
  static void stop() {
    if (fleet != null) {
      fleet.close();
    }
  }

  @Test
  void stopsThePodsThatAreIdle() throws Exception {
    var cluster = fleet.cluster();
    cluster.applyQueue("films", "type: Classic, maxTaskDuration: 5m");
    cluster.applyWorker("films", worker(3));
    await().atMost(PATIENCE).until(() -> ready().size() == 3);
    var film = directory.resolve("film");
    fleet.publish("films", TASK, new Entry(film.toString(), 30_000, 0).json());
    var ui = new ManagementUi(cluster.broker(), cluster.namespace());
    await().atMost(PATIENCE).until(() -> ui.holders().size() == 1);
    var busy = ui.holders();

    cluster.applyWorker("films", worker(1));

    await().atMost(PATIENCE).until(() -> staying().size() == 1);
    assertThat(Files.exists(film)).isFalse();
    assertThat(staying())
        .as(() -> "all pods: " + Serialization.asYaml(fleet.podsOf("films")))
        .containsExactlyElementsOf(busy);
    await().atMost(PATIENCE).until(() -> Files.exists(film));
    assertThat(Files.readAllLines(film)).containsExactly("1");
  }

  private static String worker(int max) {
    return "queue: films, concurrency: 1, autoscaling: {minReplicas: %d, maxReplicas: %d, cooldown: 2s}, "
            .formatted(max, max)
        + HandlerImage.HANDLER;
  }

  private static List<String> ready() {
    return fleet.podsOf("films").stream()
        .filter(pod -> pod.getStatus() != null)
        .filter(
            pod ->
                pod.getStatus().getConditions().stream()
                    .anyMatch(it -> it.getType().equals("Ready") && it.getStatus().equals("True")))
        .map(ScaleInE2E::name)
        .toList();
  }

  /// Names of the pods that nobody stops.
  private static List<String> staying() {
    return fleet.podsOf("films").stream()
        .filter(pod -> !pod.isMarkedForDeletion())
        .map(ScaleInE2E::name)
        .toList();
  }

  private static String name(Pod pod) {
    return pod.getMetadata().getName();
  }
}
