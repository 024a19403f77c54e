package dev.warren.worker.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.warren.model.BrokerNames;
import dev.warren.model.Flow;
import dev.warren.model.HandlerConfiguration;
import dev.warren.model.Idempotency;
import dev.warren.model.Idempotency.OnStoreFailure;
import dev.warren.model.Idempotency.Store;
import dev.warren.model.LogLevel;
import dev.warren.model.QueueType;
import dev.warren.model.WorkerConfiguration;
import dev.warren.model.WorkerPod;
import dev.warren.model.testing.TestBroker;
import dev.warren.worker.idempotency.TestStores;
import dev.warren.worker.idempotency.TestStores.Database;
import dev.warren.worker.testing.TestTopology;
import dev.warren.worker.testing.WorkerConfigurations;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.Driver;

/// Pods whose work ends up in a database, which tells how often it was done.
///
/// `-Dwarren.ledger.tasks=1000000 -Dwarren.ledger.kills=100` makes the account a long one.
@EnabledIfEnvironmentVariable(named = TestStores.POSTGRES, matches = ".+")
class LedgerE2E {
  private static final int TASKS = Integer.getInteger("warren.ledger.tasks", 300);
  private static final int KILLS = Integer.getInteger("warren.ledger.kills", 1);
  private static final int CONCURRENCY = 10;

  /// At a hundred tasks a second, and with the leases of pods that were killed.
  private static final Duration PATIENCE = Duration.ofSeconds(60 + TASKS / 100);

  @TempDir private Path directory;
  private TestBroker broker;
  private TestTopology topology;
  private Database database;

  @BeforeEach
  void open() throws Exception {
    broker = TestBroker.withNewVhost();
    topology = TestTopology.declare(broker, QueueType.CLASSIC, WorkerConfigurations.PLAN);
    database = new Database();
    database.execute("CREATE TABLE ledger (task int); CREATE TABLE runs (attempt int)");
  }

  @AfterEach
  void close() throws Exception {
    database.close();
    topology.close();
    broker.close();
  }

  @Test
  void entersEachTaskOnceThoughAllArePublishedTwiceAndWorkersAreKilled() throws Exception {
    topology.publishMany(TASKS);
    topology.publishMany(TASKS);
    var pods = new ArrayDeque<>(List.of(start("a"), start("b")));
    try {
      for (int kill = 1; kill <= KILLS; kill++) {
        long enough = (long) TASKS * kill / (KILLS + 1);
        await().atMost(PATIENCE).until(() -> entries() > enough);
        pods.remove().kill();
        pods.add(start("after-kill-" + kill));
      }
      await().atMost(PATIENCE).until(() -> entries() == TASKS && isDrained());
    } finally {
      pods.forEach(WorkerProcess::close);
    }

    assertThat(database.number("SELECT count(DISTINCT task) FROM ledger")).isEqualTo(TASKS);
    assertThat(entries()).isEqualTo(TASKS);
    assertThat(database.number("SELECT count(*) FROM runs"))
        .as("runs, of which only those that were killed are repeated")
        .isBetween((long) TASKS, (long) TASKS + (long) KILLS * CONCURRENCY);
    assertThat(topology.takeDeadLetters()).isEmpty();
  }

  @Test
  void holdsTasksWhileTheStoreIsDownAndSaysSoAndBurnsNoAttempt() throws Exception {
    try (var store = new Database()) {
      store.goDown();
      topology.publishMany(3);
      try (var pod = start("c", store)) {
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> pod.status("/readyz") == 503 && pod.body("/readyz").contains("held"));
        var runsMeanwhile = database.number("SELECT count(*) FROM runs");
        store.comeBack();

        await().atMost(Duration.ofSeconds(30)).until(() -> entries() == 3);
        await().until(() -> pod.status("/readyz") == 200);
        assertThat(runsMeanwhile).isZero();
        assertThat(database.number("SELECT max(attempt) FROM runs")).isEqualTo(1);
        assertThat(pod.log())
            .filteredOn(line -> line.contains("The idempotency store failed"))
            .singleElement()
            .asString()
            .contains("not currently accepting connections");
      }
    }
  }

  private long entries() throws Exception {
    return database.number("SELECT count(*) FROM ledger");
  }

  /// Neither in the queue nor, unacknowledged or delayed, on its way back to it.
  private boolean isDrained() {
    return !broker
        .call("GET", "/api/queues/" + broker.vhost(), "")
        .replaceAll("\"messages\":0[,}]", "")
        .contains("\"messages\":");
  }

  private WorkerProcess start(String pod) throws Exception {
    return start(pod, database);
  }

  private WorkerProcess start(String pod, Database store) throws Exception {
    var home = Files.createDirectories(directory.resolve(pod));
    var secret = Files.createDirectories(home.resolve("idempotency"));
    TestStores.secret(secret, store.uri());
    return WorkerProcess.start(
        home,
        configuration(),
        topology.binding(),
        Map.of(
            WorkerPod.IDEMPOTENCY_DIRECTORY,
            secret.toString(),
            WorkerPod.HANDLER_PATH,
            WorkerProcess.TEST_CLASSES + File.pathSeparator + driver(),
            "LEDGER_URL",
            database.jdbcUrl()));
  }

  /// The handler brings its own: it does not see the runtime's.
  private static String driver() {
    return Driver.class.getProtectionDomain().getCodeSource().getLocation().getPath();
  }

  private static WorkerConfiguration configuration() {
    return new WorkerConfiguration(
        "shop",
        "clerk",
        TestTopology.QUEUE,
        List.of(TestTopology.QUEUE),
        false,
        new HandlerConfiguration.Java(LedgerHandler.class.getName()),
        Flow.of(CONCURRENCY),
        WorkerConfigurations.PLAN,
        List.of(),
        Optional.of(new Idempotency(Store.POSTGRES, Duration.ofHours(1), OnStoreFailure.HOLD)),
        BrokerNames.DEAD_LETTER_EXCHANGE,
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        LogLevel.INFO);
  }
}
