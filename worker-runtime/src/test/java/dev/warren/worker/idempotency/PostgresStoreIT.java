package dev.warren.worker.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.warren.worker.idempotency.TestStores.Database;
import dev.warren.worker.store.PostgresConnections;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

@EnabledIfEnvironmentVariable(named = TestStores.POSTGRES, matches = ".+")
class PostgresStoreIT implements StoreContract {
  private static Database database;

  @TempDir private Path directory;
  private PostgresStore store;

  @BeforeAll
  static void create() throws Exception {
    database = new Database();
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  @BeforeEach
  void open() {
    store = open(database.uri());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  public IdempotencyStore store() {
    return store;
  }

  @Test
  void makesItsTableThoughManyPodsStartAtOnce() throws Exception {
    try (var fresh = new Database();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var pod = open(fresh.uri());
      var claims =
          IntStream.range(0, 8)
              .mapToObj(n -> threads.submit(() -> pod.claim("test/" + n, "one", LONG)))
              .toList();

      for (var claim : claims) {
        assertThat(claim.get()).isEqualTo(CLAIMED);
      }
      pod.close();
    }
  }

  @Test
  void saysWhatToGrantToARoleThatMayMakeNoTable() throws Exception {
    try (var fresh = new Database()) {
      fresh.execute("CREATE ROLE poor_" + fresh.hashCode() + " LOGIN PASSWORD 'poor'");
      Files.writeString(directory.resolve("username"), "poor_" + fresh.hashCode());
      Files.writeString(directory.resolve("password"), "poor");
      var pod = open(fresh.uri());

      assertThatThrownBy(() -> pod.claim("test/1", "one", LONG))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("grant it SELECT, INSERT, UPDATE and DELETE");

      fresh.execute(PostgresStore.DDL);
      fresh.execute(
          "GRANT SELECT, INSERT, UPDATE, DELETE ON warren_idempotency TO poor_" + fresh.hashCode());
      assertThat(pod.claim("test/1", "one", LONG)).isEqualTo(CLAIMED);
      pod.close();
    }
  }

  @Test
  void removesWhatHasExpiredAndNothingElse() throws Exception {
    database.execute(
        "INSERT INTO warren_idempotency SELECT 'old/' || n, 'one', now() - interval '1 s' FROM generate_series(1, 2500) n");
    store.record("test/kept", "one", LONG);
    store.claim("test/claimed", "one", LONG);

    store.removeExpired();

    assertThat(number("key LIKE 'old/%'")).isZero();
    assertThat(number("key IN ('test/kept', 'test/claimed')")).isEqualTo(2);
  }

  @Test
  void goesOnAfterItsConnectionsWereEnded() throws Exception {
    store.claim("test/ended", "one", LONG);

    database.endConnections();

    await()
        .atMost(Duration.ofSeconds(5))
        .ignoreExceptionsInstanceOf(StoreException.class)
        .until(() -> store.record("test/ended", "one", LONG));
  }

  private PostgresStore open(String uri) {
    return new PostgresStore(PostgresConnections.open(TestStores.secret(directory, uri)));
  }

  private static long number(String condition) throws Exception {
    return database.number("SELECT count(*) FROM warren_idempotency WHERE " + condition);
  }
}
