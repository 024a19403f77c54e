package dev.warren.operator.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RhythmTest {
  private Instant now = Instant.EPOCH;
  private final Rhythm rhythm = new Rhythm(Duration.ofSeconds(2), () -> now);

  @Test
  void isDueAtFirst() {
    assertThat(rhythm.isDue()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"PT0.01S,PT2S", "PT0.4S,PT2S", "PT1S,PT5S", "PT1.5S,PT7.5S", "PT30S,PT15S"})
  void pausesForFiveTimesWhatReadingsTakeWithinBounds(Duration burden, Duration pause) {
    rhythm.read(now, burden);

    assertThat(rhythm.left()).isEqualTo(pause);
    assertThat(rhythm.isDue()).isFalse();
  }

  @Test
  void countsTheIntervalFromTheBeginning() {
    var began = now;
    now = now.plusMillis(200);

    rhythm.read(began, Duration.ofMillis(200));

    assertThat(rhythm.left()).isEqualTo(Duration.ofMillis(1_800));
  }

  @Test
  void isDueWhenThePauseIsOver() {
    rhythm.read(now, Duration.ZERO);

    now = now.plusSeconds(2);

    assertThat(rhythm.isDue()).isTrue();
  }

  @Test
  void isDueAtOnceWhenItIsToHurry() {
    rhythm.read(now, Duration.ofSeconds(1));

    rhythm.now();

    assertThat(rhythm.isDue()).isTrue();
  }

  @Test
  void isDueWhenTheClockWasSetBack() {
    rhythm.read(now, Duration.ZERO);

    now = now.minusSeconds(3600);

    assertThat(rhythm.isDue()).isTrue();
  }

  @Test
  void keepsAnIntervalThatIsLongerThanTheLongestPause() {
    var rare = new Rhythm(Duration.ofHours(1), () -> now);

    rare.read(now, Duration.ZERO);

    assertThat(rare.left()).isEqualTo(Duration.ofHours(1));
  }
}
