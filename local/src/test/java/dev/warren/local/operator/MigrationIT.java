package dev.warren.local.operator;

import static dev.warren.local.operator.TestCluster.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.warren.crds.TaskQueueStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What cannot change in place changes by a new generation of the queue, while a producer publishes
/// and every message is counted.
class MigrationIT {
  private static final Duration MIGRATION = Duration.ofMinutes(2);
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
  void producerNoticesNothingAndEachMessageArrivesOnce() throws Exception {
    cluster.applyQueue("orders", "type: Classic");
    cluster.awaitQueue("orders", reason("Reconciled"));
    try (var traffic = Traffic.start(cluster.broker(), "tasks", "orders")) {
      awaitMore(traffic, 50);

      cluster.applyQueue("orders", "type: Classic, priorities: 5");

      await().atMost(MIGRATION).until(() -> status("orders").migration() != null);
      awaitMore(traffic, 50);
      var published = traffic.stop();
      var first = Traffic.drain(cluster.broker(), "orders");
      await().atMost(MIGRATION).until(() -> status("orders").migration() == null);
      var second = Traffic.drain(cluster.broker(), "orders.g2");
      assertThat(Stream.concat(first.stream(), second.stream()))
          .containsExactlyElementsOf(published);
      assertThat(status("orders").queues()).containsExactly("orders.g2");
    }
  }

  @Test
  void oldYamlInTheMiddleGoesBackToTheOldQueue() throws Exception {
    cluster.applyQueue("undecided", "type: Classic");
    cluster.awaitQueue("undecided", reason("Reconciled"));
    try (var traffic = Traffic.start(cluster.broker(), "tasks", "undecided")) {
      awaitMore(traffic, 20);
      cluster.applyQueue("undecided", "type: Classic, shards: 3");
      await().atMost(MIGRATION).until(() -> status("undecided").migration() != null);
      awaitMore(traffic, 20);

      cluster.applyQueue("undecided", "type: Classic, shards: 1");

      await().atMost(MIGRATION).until(() -> "undecided".equals(queues("undecided").getFirst()));
      awaitMore(traffic, 20);
      var published = traffic.stop();
      var drained = drainAll("undecided");
      await().atMost(MIGRATION).until(() -> status("undecided").migration() == null);
      Traffic.assertEachOnce(drained, published);
      assertThat(status("undecided").queues()).containsExactly("undecided");
    }
  }

  @Test
  void editsAndKillsOfTheOperatorLoseAndDoubleNothing() throws Exception {
    var random = new Random(7);
    var specs =
        List.of(
            "type: Classic",
            "type: Classic, shards: 2",
            "type: Quorum",
            "type: Classic, priorities: 3",
            "type: Quorum, singleActiveConsumer: true",
            "type: Classic, routingKeys: [busy, other]");
    cluster.applyQueue("busy", specs.getFirst());
    cluster.awaitQueue("busy", reason("Reconciled"));
    try (var traffic = Traffic.start(cluster.broker(), "tasks", "busy")) {
      for (int edit = 0; edit < 8; edit++) {
        cluster.applyQueue("busy", specs.get(random.nextInt(specs.size())));
        awaitMore(traffic, random.nextInt(60));
        cluster.operator().kill();
        cluster.startOperator();
      }
      cluster.applyQueue("busy", "type: Classic, singleActiveConsumer: true");
      var generation = cluster.queue("busy").getMetadata().getGeneration();
      await().atMost(MIGRATION).until(() -> generation.equals(status("busy").observedGeneration()));
      var published = traffic.stop();

      var drained = drainAll("busy");

      Traffic.assertEachOnce(drained, published);
      await().atMost(MIGRATION).until(() -> status("busy").migration() == null);
      assertThat(status("busy").queues()).hasSize(1);
    }
  }

  @Test
  void manualMigrationWaitsForAnAgreement() {
    cluster.applyQueue("careful", "type: Classic, migration: Manual");
    cluster.awaitQueue("careful", reason("Reconciled"));
    cluster.applyQueue("careful", "type: Classic, migration: Manual, priorities: 5, maxLength: 9");
    var generation = cluster.queue("careful").getMetadata().getGeneration();
    await()
        .atMost(TestCluster.PATIENCE)
        .until(() -> generation.equals(status("careful").observedGeneration()));
    var before = status("careful");

    cluster
        .client()
        .resource(cluster.queue("careful"))
        .edit(
            queue -> {
              queue
                  .getMetadata()
                  .setAnnotations(Map.of("warren.dev/migrate", generation.toString()));
              return queue;
            });

    await().atMost(MIGRATION).until(() -> List.of("careful.g2").equals(status("careful").queues()));
    assertThat(before.queues()).containsExactly("careful");
    assertThat(before.conditions())
        .anySatisfy(
            condition -> {
              assertThat(condition.getReason()).isEqualTo("MigrationPending");
              assertThat(condition.getMessage())
                  .contains("x-max-priority unset, wanted 5", "warren.dev/migrate=" + generation);
            });
  }

  private static void awaitMore(Traffic traffic, int messages) {
    var enough = traffic.count() + messages;
    await().atMost(MIGRATION).until(() -> traffic.count() >= enough);
  }

  /// What is in all generations of a queue, whichever are there.
  private static List<Integer> drainAll(String queue) throws Exception {
    var drained = new ArrayList<Integer>();
    for (var name : queues(queue)) {
      drained.addAll(Traffic.drain(cluster.broker(), name));
    }
    return drained;
  }

  private static List<String> queues(String name) {
    return Objects.requireNonNull(status(name).queues());
  }

  private static TaskQueueStatus status(String name) {
    return Objects.requireNonNull(cluster.queue(name).getStatus());
  }
}
