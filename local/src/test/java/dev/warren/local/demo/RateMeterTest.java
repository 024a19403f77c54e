package dev.warren.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RateMeterTest {
  private static final OptionalLong UNKNOWN = OptionalLong.empty();

  private final RateMeter meter = new RateMeter();

  @Test
  void countsFromTheFirstPublishToTheLastTaskDone() {
    meter.start(second(0));
    meter.start(second(3));
    meter.done(0, second(1));
    meter.done(100, second(4));
    meter.done(900, second(8));
    meter.done(900, second(30));

    assertThat(meter.rate(800, UNKNOWN, UNKNOWN)).isEqualTo(new Rate(100, 200));
  }

  @Test
  void believesTheExampleThatKnowsBetter() {
    meter.start(second(0));
    meter.done(10, second(9));

    assertThat(meter.rate(10, OptionalLong.of(1_000), OptionalLong.of(6_000)))
        .isEqualTo(new Rate(2, 0));
  }

  @Test
  void isUnknownWhileNothingIsDone() {
    assertThat(meter.rate(0, UNKNOWN, UNKNOWN)).isEqualTo(new Rate(0, 0));
    meter.start(second(0));
    assertThat(meter.rate(0, UNKNOWN, UNKNOWN)).isEqualTo(new Rate(0, 0));
  }

  private static Instant second(long number) {
    return Instant.ofEpochSecond(number);
  }
}
