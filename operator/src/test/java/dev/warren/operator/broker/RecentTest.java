package dev.warren.operator.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecentTest {
  private Instant now = Instant.EPOCH;
  private final AtomicInteger readings = new AtomicInteger();

  @Test
  void readsOnceInAnInterval() {
    var recent = new Recent<>(readings::incrementAndGet, Duration.ofSeconds(2), () -> now);

    assertThat(recent.get()).isEqualTo(1);
    now = now.plusMillis(1_999);
    assertThat(recent.get()).isEqualTo(1);
    now = now.plusMillis(1);
    assertThat(recent.get()).isEqualTo(2);
  }

  @Test
  void triesAgainAtOnceAfterAFailure() {
    var recent = new Recent<>(this::failOnce, Duration.ofSeconds(2), () -> now);
    assertThatIllegalStateException().isThrownBy(recent::get);

    assertThat(recent.get()).isEqualTo(2);
  }

  @Test
  void readsAnewWhenTheClockWasSetBack() {
    var recent = new Recent<>(readings::incrementAndGet, Duration.ofSeconds(2), () -> now);
    assertThat(recent.get()).isEqualTo(1);

    now = now.minusSeconds(3_600);

    assertThat(recent.get()).isEqualTo(2);
  }

  private int failOnce() {
    if (readings.incrementAndGet() == 1) {
      throw new IllegalStateException("not now");
    }
    return readings.get();
  }
}
