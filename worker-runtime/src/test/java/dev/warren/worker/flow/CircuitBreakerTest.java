package dev.warren.worker.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.model.Breaker;
import dev.warren.worker.flow.CircuitBreaker.Phase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
  private final CircuitBreaker breaker =
      new CircuitBreaker(new Breaker(50, 20, Duration.ofSeconds(30)));

  /// Moves on by {@link #tick}.
  private long now = System.nanoTime();

  @Test
  void opensWhenTooManyFail() {
    assertThat(tick(100, 20, 9)).isEqualTo(Phase.CLOSED);
    assertThat(tick(100, 20, 20)).isEqualTo(Phase.OPEN);
    assertThat(breaker.judgedTasks()).isEqualTo(40);
    assertThat(breaker.judgedFailures()).isEqualTo(29);
  }

  @Test
  void doesNotJudgeByTooFewTasks() {
    assertThat(tick(100, 19, 19)).isEqualTo(Phase.CLOSED);
    assertThat(tick(100, 1, 1)).isEqualTo(Phase.OPEN);
  }

  @Test
  void countsSlowTasksTogetherForAMinute() {
    for (int i = 0; i < 19; i++) {
      assertThat(tick(2_000, 1, 1)).isEqualTo(Phase.CLOSED);
    }
    assertThat(tick(2_000, 1, 1)).isEqualTo(Phase.OPEN);
  }

  @Test
  void forgetsWhatIsOlder() {
    tick(100, 19, 19);

    assertThat(tick(61_000, 1, 1)).isEqualTo(Phase.CLOSED);
  }

  @Test
  void noticesAnOutageAfterAnHourOfSuccesses() {
    for (int i = 0; i < 600; i++) {
      tick(100, 1_000, 0);
    }

    int ticks = 1;
    while (tick(100, 1_000, 1_000) == Phase.CLOSED) {
      ticks++;
    }

    assertThat(ticks).isLessThanOrEqualTo(10);
  }

  @Test
  void probesAfterThePauseAndClosesWhenSomeGoWell() {
    tick(100, 20, 20);

    assertThat(tick(29_900, 5, 5)).isEqualTo(Phase.OPEN);
    assertThat(tick(200, 0, 0)).isEqualTo(Phase.PROBING);
    assertThat(tick(100, 1, 0)).isEqualTo(Phase.PROBING);
    assertThat(tick(100, 1, 0)).isEqualTo(Phase.PROBING);
    assertThat(tick(100, 1, 0)).isEqualTo(Phase.CLOSED);
    assertThat(tick(100, 19, 19)).isEqualTo(Phase.CLOSED);
  }

  @Test
  void pausesTwiceAsLongAfterEachFailedProbeUpToABound() {
    tick(100, 20, 20);
    for (int i = 0; i < 10; i++) {
      tick(breaker.pause().toMillis(), 0, 0);
      assertThat(breaker.phase()).isEqualTo(Phase.PROBING);
      assertThat(tick(100, 1, 1)).isEqualTo(Phase.OPEN);
    }

    assertThat(breaker.pause()).isEqualTo(Duration.ofMinutes(8));
  }

  private Phase tick(long millisLater, long tasks, long failed) {
    now += Duration.ofMillis(millisLater).toNanos();
    return breaker.tick(new OutcomeCounts.Taken(tasks, failed), now);
  }
}
