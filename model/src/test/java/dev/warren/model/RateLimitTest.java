package dev.warren.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitTest {
  @ParameterizedTest
  @CsvSource({
    "120, 1m, 1, 120, 1m",
    "120, 1m, 3, 40, 1m",
    "100, 1m, 3, 100, 3m",
    "1, 1m, 3, 1, 3m",
    "10, 1s, 4, 5, 2s",
    "1000000, 1d, 1000, 1000, 1d",
  })
  void sharesOfAllPodsAreTheLimit(int tasks, String per, int pods, int share, String in) {
    var limit = new RateLimit(tasks, DurationText.parse(per), tasks, false);

    assertThat(limit.share(pods).tasks()).isEqualTo(share);
    assertThat(limit.share(pods).per()).isEqualTo(DurationText.parse(in));
  }

  @ParameterizedTest
  @CsvSource({"20, 3, 6", "2, 3, 1", "1, 50, 1"})
  void sharesTheBurstDownToOneTask(int burst, int pods, int share) {
    var limit = new RateLimit(120, Duration.ofMinutes(1), burst, false);

    assertThat(limit.share(pods).burst()).isEqualTo(share);
  }

  @ParameterizedTest
  @CsvSource({"120, 1m, 2", "1, 1m, 1", "100, 1s, 100", "100, 10ms, 100", "61, 1m, 2"})
  void aBurstThatIsNotNamedIsWhatComesInASecond(int tasks, String per, int burst) {
    assertThat(RateLimit.burstFor(tasks, DurationText.parse(per))).isEqualTo(burst);
  }
}
