package dev.warren.worker.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BackOffTest {
  @Property
  void growsToTenSecondsAtMostAndIsNeverLessThanHalfOfThat(@ForAll long seed) {
    var backOff = new BackOff(new Random(seed));

    assertThat(backOff.after(Duration.ZERO))
        .isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
    for (int failure = 0; failure < 10; failure++) {
      assertThat(backOff.after(Duration.ZERO)).isLessThanOrEqualTo(Duration.ofSeconds(10));
    }
    assertThat(backOff.after(Duration.ZERO)).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void startsAgainAfterAStableSession() {
    var backOff = new BackOff(new Random(1));
    for (int failure = 0; failure < 10; failure++) {
      var _ = backOff.after(Duration.ofSeconds(1));
    }

    assertThat(backOff.after(Duration.ofMinutes(1))).isLessThanOrEqualTo(Duration.ofMillis(200));
  }
}
