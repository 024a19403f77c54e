package dev.warren.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
  private final Schedule work = Schedule.of("0 8 * * 1-5", "0 18 * * 1-5", "Europe/Berlin", 3);

  @ParameterizedTest
  @CsvSource({
    // A Monday in winter, an hour ahead of UTC.
    "2026-11-23T06:59:59Z, false",
    "2026-11-23T07:00:00Z, true",
    "2026-11-23T16:59:59Z, true",
    "2026-11-23T17:00:00Z, false",
    // A Saturday.
    "2026-11-28T12:00:00Z, false",
    // A Monday in summer, two hours ahead.
    "2026-07-06T06:00:00Z, true",
    "2026-07-06T16:00:00Z, false",
  })
  void holdsBetweenItsEnds(Instant now, boolean holds) {
    assertThat(work.holds(now)).isEqualTo(holds);
  }

  @Test
  void holdsOverMidnight() {
    var night = Schedule.of("0 22 * * *", "0 6 * * *", "UTC", 3);

    assertThat(night.holds(Instant.parse("2026-11-23T01:00:00Z"))).isTrue();
    assertThat(night.holds(Instant.parse("2026-11-23T12:00:00Z"))).isFalse();
  }

  @Test
  void tellsWhenItChanges() {
    assertThat(work.untilChange(Instant.parse("2026-11-23T06:00:00Z")))
        .contains(Duration.ofHours(1));
    assertThat(work.untilChange(Instant.parse("2026-11-23T12:00:00Z")))
        .contains(Duration.ofHours(5));
  }

  @Test
  void refusesWhatItCannotRead() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.of("0 25 * * *", "0 6 * * *", "UTC", 3))
        .withMessage(
            "start '0 25 * * *' is no cron expression of five fields, such as '0 8 * * 1-5'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.of("0 5 * * *", "0 6 * * *", "Mars", 3))
        .withMessage("timeZone 'Mars' is unknown; use a name such as Europe/Berlin or UTC");
  }
}
