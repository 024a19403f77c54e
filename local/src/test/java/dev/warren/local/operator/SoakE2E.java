package dev.warren.local.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything at once: edits, kills and drift by chance, while producers publish and workers work,
/// and an account of every task at the end.
///
/// `-Dwarren.soak=PT5M` says for how long, `-Dwarren.soak.seed=7` repeats the same events; when
/// they happen depends on how fast the machine is.
class SoakE2E {
  private static final Logger LOG = LoggerFactory.getLogger(SoakE2E.class);
  private static final Duration SOAK = Duration.parse(System.getProperty("warren.soak", "PT10S"));
  private static final long SEED = Long.getLong("warren.soak.seed", System.nanoTime() % 100_000);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final List<String> QUEUES = List.of("orders", "mail", "audit");

  /// Stays after a failure, with the logs of all pods.
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path directory;

  private static OwnBroker broker;
  private static PodCluster pods;
  private static TestCluster cluster;

  private final Random random = new Random(SEED);
  private final List<LastingProducer> producers = new ArrayList<>();
  private Ledger ledger;
  private RandomSpecs specs;
  private Turmoil turmoil;

  @BeforeAll
  static void start() throws Exception {
    PodCluster.assumeOwnKubelet();
    broker = OwnBroker.start(directory.resolve("broker"));
    cluster = new TestCluster(broker.withNewVhost(), Map.of());
    pods = new PodCluster(cluster, directory);
  }

  @AfterAll
  static void stop() throws Exception {
    if (pods != null) {
      pods.close();
    }
    if (broker != null) {
      broker.close();
    }
  }

  @BeforeEach
  void startTraffic() throws IOException {
    LOG.atInfo().addKeyValue("seed", SEED).addKeyValue("duration", SOAK).log("soaking");
    ledger = new Ledger(Files.createDirectory(directory.resolve("done")));
    specs = new RandomSpecs(random, ui(cluster.tenant()).version().startsWith("4."));
    turmoil = new Turmoil(pods, broker, ledger, random, specs, this::confirmed);
    for (var queue : QUEUES) {
      turmoil.apply(queue, specs.queue(queue));
      cluster.applyWorker(queue, RandomSpecs.worker(queue, 1, 4));
    }
    for (var queue : QUEUES) {
      await().atMost(PATIENCE).until(() -> Settled.isSettled(cluster.queue(queue)));
      producers.add(
          new LastingProducer(queue, mount(queue), ledger, new Random(random.nextLong())));
    }
  }

  @Test
  void everyTaskEndsAndNothingIsLeftBehind() throws Exception {
    for (var end = Instant.now().plus(SOAK); Instant.now().isBefore(end); ) {
      turmoil.next();
    }

    for (var producer : producers) {
      producer.stop();
    }
    var undisturbed = settle();
    LOG.atInfo()
        .addKeyValue("seed", SEED)
        .addKeyValue("duration", SOAK)
        .addKeyValue("events", turmoil.counts())
        .addKeyValue("tasks", ledger)
        .log("soaked");
    assertThat(ledger.missing()).isEmpty();
    assertThat(ledger.unknown()).isEmpty();
    assertThat(ledger.doubledWithoutExcuse()).isEmpty();
    assertThat(ledger.returnedWithoutExcuse()).isEmpty();
    assertNothingLeft(undisturbed);
  }

  private int confirmed() {
    return producers.stream().mapToInt(LastingProducer::confirmed).sum();
  }

  /// The binding of a TaskQueue as a pod would find it.
  private static Path mount(String queue) throws IOException {
    var binding = Files.createDirectories(directory.resolve("bindings").resolve(queue));
    for (var entry : cluster.tenant().publisher(queue).entrySet()) {
      Files.writeString(binding.resolve(entry.getKey()), entry.getValue());
    }
    return binding;
  }

  /// Applies specs once more, and waits until no TaskQueue has anything to do and no queue a
  /// message.
  ///
  /// @return one that has had these specs only
  private Tenant settle() throws IOException {
    var type = random.nextBoolean() ? "Classic" : "Quorum";
    var undisturbed = cluster.createTenant("undisturbed-" + UUID.randomUUID(), cluster.namespace());
    for (var queue : QUEUES) {
      var spec = specs.lastQueue(type);
      turmoil.apply(queue, spec);
      undisturbed.applyQueue(queue, spec);
      cluster.applyWorker(queue, RandomSpecs.worker(queue, 1, 10));
    }
    var deadLetters = new DeadLetters(cluster, ledger);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .during(Duration.ofSeconds(3))
        .untilAsserted(
            () -> {
              deadLetters.take();
              assertSettled(cluster.tenant());
              assertSettled(undisturbed);
              assertThat(ui(cluster.tenant()).messages()).isZero();
            });
    return undisturbed;
  }

  private static void assertSettled(Tenant tenant) {
    for (var queue : QUEUES) {
      var found = tenant.queue(queue);
      assertThat(Settled.isSettled(found)).as(() -> queue + ": " + found.getStatus()).isTrue();
    }
  }

  /// Lanes go when no pod is there that may still retry.
  private void assertNothingLeft(Tenant undisturbed) {
    for (var queue : QUEUES) {
      cluster.applyWorker(queue, RandomSpecs.worker(queue, 0, 10));
    }
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              assertThat(definitions(cluster.tenant()))
                  .containsExactlyInAnyOrderElementsOf(definitions(undisturbed));
              assertThat(QUEUES).allSatisfy(SoakE2E::assertRightsToPresentQueuesOnly);
            });
  }

  private static void assertRightsToPresentQueuesOnly(String queue) {
    var user = "warren.worker.%s.%s".formatted(cluster.namespace(), queue);
    var names = Objects.requireNonNull(cluster.queue(queue).getStatus()).queues();
    assertThat(ui(cluster.tenant()).permissions(user).orElseThrow().path("read").asText())
        .isEqualTo(
            "^(%s)$"
                .formatted(String.join("|", Objects.requireNonNull(names)).replace(".", "\\.")));
  }

  /// Without exchanges that users have named, and what they lead to: nobody can tell whether they
  /// are still of use to others.
  private static List<String> definitions(Tenant tenant) {
    return ui(tenant).comparableDefinitions().stream()
        .filter(definition -> !definition.contains("failed\""))
        .toList();
  }

  private static ManagementUi ui(Tenant tenant) {
    return new ManagementUi(cluster.broker(), tenant.namespace());
  }
}
