package dev.warren.worker.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreAddressTest {
  @TempDir private Path directory;

  @Test
  void readsTheAddressOfARedis() {
    assertThat(RedisAddress.parse("rediss://worker:p%40ss@cache.example:7000/3"))
        .contains(
            new RedisAddress("cache.example", 7000, true, 3, new StoreLogin("worker", "p@ss")));
    assertThat(RedisAddress.parse("redis://:secret@cache"))
        .contains(new RedisAddress("cache", 6379, false, 0, new StoreLogin("", "secret")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"cache:6379", "http://cache", "redis:///0", "redis://cache/x", "redis:// "})
  void refusesWhatIsNoAddressOfARedis(String uri) {
    assertThat(RedisAddress.parse(uri)).isEmpty();
  }

  @Test
  void readsTheAddressOfAPostgres() {
    assertThat(PostgresAddress.parse("postgresql://worker:a+b@db:5433/shop?sslmode=verify-full"))
        .contains(
            new PostgresAddress(
                "jdbc:postgresql://db:5433/shop?sslmode=verify-full",
                new StoreLogin("worker", "a+b")));
    assertThat(PostgresAddress.parse("jdbc:postgresql://one,two/shop"))
        .contains(new PostgresAddress("jdbc:postgresql://one,two/shop", StoreLogin.NONE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://db/shop",
        "postgresql://db",
        "postgresql:///shop",
        "postgresql://db:port/shop",
        "postgresql://db/shop?sslmode=maybe"
      })
  void refusesWhatIsNoAddressOfAPostgres(String uri) {
    assertThat(PostgresAddress.parse(uri)).isEmpty();
  }

  @Test
  void namesEntryAndRemedyOfAWrongAddressAndNotThePassword() throws Exception {
    Files.writeString(directory.resolve("uri"), "redis://:secret@/0\n");

    assertThatThrownBy(() -> RedisConnections.open(new StoreSecret(directory)))
        .isInstanceOf(UnusableStoreException.class)
        .hasMessageContaining("the entry 'uri' in " + directory)
        .hasMessageContaining("write redis://HOST:PORT/DATABASE")
        .hasMessageNotContaining("secret");
  }

  @Test
  void saysWhereAnAddressIsMissing() {
    assertThatThrownBy(() -> PostgresConnections.open(new StoreSecret(directory)))
        .isInstanceOf(UnusableStoreException.class)
        .hasMessageContaining("the entry 'uri' is missing in " + directory);
  }

  @Test
  void prefersTheEntriesForUserAndPassword() throws Exception {
    Files.writeString(directory.resolve("password"), "rotated\n");

    assertThat(new StoreSecret(directory).login(new StoreLogin("worker", "old")))
        .isEqualTo(new StoreLogin("worker", "rotated"));
  }
}
