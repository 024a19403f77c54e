package dev.warren.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackOffTest {
  private final BackOff backOff = new BackOff(Duration.ofMillis(100), Duration.ofSeconds(5));
  private final Random random = new Random(1);

  @Test
  void triesAtOnceAfterTheFirstFailure() {
    assertThat(backOff.delay(1, random)).isZero();
  }

  @Test
  void growsToItsLimitSpreadByHalf() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(backOff.delay(2, random)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
      assertThat(backOff.delay(4, random))
          .isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
      assertThat(backOff.delay(1_000_000, random))
          .isBetween(Duration.ofMillis(2_500), Duration.ofSeconds(5));
    }
  }
}
