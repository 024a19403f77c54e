package dev.warren.worker.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warren.worker.store.RedisConnections;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

@EnabledIfEnvironmentVariable(named = TestStores.REDIS, matches = ".+")
class RedisStoreIT implements StoreContract {
  @TempDir private Path directory;
  private RedisStore store;

  @BeforeEach
  void open() {
    store = new RedisStore(RedisConnections.open(TestStores.secret(directory, TestStores.redis())));
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
  void saysWhyItIsRefused() throws Exception {
    Files.writeString(directory.resolve("password"), "wrong");

    assertThatThrownBy(() -> store.claim(StoreContract.newKey(), "one", LONG))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("WRONGPASS");

    Files.delete(directory.resolve("password"));
    assertThat(store.claim(StoreContract.newKey(), "one", LONG))
        .as("with the password of now")
        .isEqualTo(CLAIMED);
  }
}
