package dev.warren.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.warren.model.RateLimit;
import dev.warren.worker.flow.TokenLease;
import dev.warren.worker.store.StoreSecret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/// The bucket of a fleet on a real Redis.
@EnabledIfEnvironmentVariable(named = RedisTokenLeaseIT.VARIABLE, matches = ".+")
class RedisTokenLeaseIT {
  static final String VARIABLE = "WARREN_TEST_REDIS_URL";

  @TempDir private Path directory;
  private final List<RedisTokenLease> pods = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    var uri = Objects.requireNonNull(System.getenv(VARIABLE));
    Files.writeString(directory.resolve("uri"), uri);
    var fleet = UUID.randomUUID().toString();
    for (int pod = 0; pod < 3; pod++) {
      pods.add(RedisTokenLease.open(new StoreSecret(directory), fleet));
    }
  }

  @AfterEach
  void close() {
    pods.forEach(RedisTokenLease::close);
  }

  @Test
  void givesTheBurstToTheFleetOnce() {
    var limit = new RateLimit(1, Duration.ofHours(1), 5, true);

    var given = pods.stream().map(pod -> pod.take(limit, 3)).toList();

    assertThat(given.stream().map(TokenLease.Leased::tokens)).containsExactly(3, 2, 0);
    assertThat(given.getLast().untilNext()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
  }

  @Test
  void takesBackWhatWasNotUsed() {
    var limit = new RateLimit(1, Duration.ofHours(1), 5, true);
    pods.getFirst().take(limit, 5);

    pods.getFirst().take(limit, -2);

    assertThat(pods.get(1).take(limit, 5).tokens()).isEqualTo(2);
  }

  @Test
  void givesAllTogetherWhatTheLimitSays() {
    var limit = new RateLimit(2_000, Duration.ofSeconds(1), 1, true);
    long start = System.nanoTime();
    long given = 0;
    while (System.nanoTime() - start < Duration.ofSeconds(1).toNanos()) {
      for (var pod : pods) {
        given += pod.take(limit, 40).tokens();
      }
    }
    var seconds = (System.nanoTime() - start) / 1e9;

    // What may go together, a quarter of a second's, comes on top once.
    assertThat(given - 500.0).isCloseTo(2_000 * seconds, withPercentage(2));
  }
}
