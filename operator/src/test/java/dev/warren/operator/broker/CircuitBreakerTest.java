package dev.warren.operator.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warren.operator.broker.BrokerException.Kind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
  private final BrokerException away = new BrokerException(Kind.UNREACHABLE, "away");
  private final BrokerException gone = new BrokerException(Kind.UNREACHABLE, "gone");

  private Instant now = Instant.EPOCH;
  private double random;
  private final CircuitBreaker breaker = new CircuitBreaker(() -> now, () -> random);

  @Test
  void letsCallsThroughAtFirst() {
    assertThat(breaker.admit().probe()).isFalse();
    assertThat(breaker.admit().probe()).isFalse();
  }

  @Test
  void repeatsAFailureUntilTheBackOffHasPassed() {
    breaker.failed(breaker.admit(), away);

    pass(Duration.ofMillis(999));

    assertThatThrownBy(breaker::admit).isInstanceOf(BrokerException.class).hasMessage("away");
  }

  @Test
  void letsOneProbeThroughThen() {
    breaker.failed(breaker.admit(), away);
    pass(Duration.ofSeconds(1));

    var probe = breaker.admit();

    assertThat(probe.probe()).isTrue();
    assertThatThrownBy(breaker::admit).hasMessage("away");
  }

  @Test
  void letsAllThroughOnceAProbeWasAnswered() {
    breaker.failed(breaker.admit(), away);
    pass(Duration.ofSeconds(1));
    breaker.admit();

    breaker.answered();

    assertThat(breaker.admit().probe()).isFalse();
  }

  @Test
  void doublesTheBackOffUpTo30Seconds() {
    breaker.failed(breaker.admit(), away);

    for (var backOff : new int[] {1, 2, 4, 8, 16, 30, 30}) {
      pass(Duration.ofSeconds(backOff).minusMillis(1));
      assertThatThrownBy(breaker::admit).isInstanceOf(BrokerException.class);
      pass(Duration.ofMillis(1));
      breaker.failed(breaker.admit(), away);
    }
  }

  @Test
  void beginsAnewAfterAnAnswer() {
    breaker.failed(breaker.admit(), away);
    pass(Duration.ofSeconds(1));
    breaker.failed(breaker.admit(), away);
    breaker.answered();

    breaker.failed(breaker.admit(), away);

    pass(Duration.ofSeconds(1));
    assertThat(breaker.admit().probe()).isTrue();
  }

  @Test
  void shortensABackOffByUpToAFifth() {
    random = 1;
    breaker.failed(breaker.admit(), away);

    pass(Duration.ofMillis(800));

    assertThat(breaker.admit().probe()).isTrue();
  }

  @Test
  void countsCallsThatFailTogetherOnce() {
    var first = breaker.admit();
    var second = breaker.admit();
    breaker.failed(first, away);

    breaker.failed(second, gone);

    assertThatThrownBy(breaker::admit).hasMessage("away");
    pass(Duration.ofSeconds(1));
    assertThat(breaker.admit().probe()).isTrue();
  }

  @Test
  void saysWhatTheLastProbeFailedWith() {
    breaker.failed(breaker.admit(), away);
    pass(Duration.ofSeconds(1));

    breaker.failed(breaker.admit(), gone);

    assertThatThrownBy(breaker::admit).hasMessage("gone");
  }

  @Test
  void letsAnotherProbeThroughWhenOneWasAbandoned() {
    breaker.failed(breaker.admit(), away);
    pass(Duration.ofSeconds(1));

    breaker.abandoned(breaker.admit());

    assertThat(breaker.admit().probe()).isTrue();
  }

  @Test
  void doesNotWaitForAClockThatWasSetBack() {
    breaker.failed(breaker.admit(), away);

    pass(Duration.ofHours(-1));

    assertThatCode(breaker::admit).doesNotThrowAnyException();
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }
}
