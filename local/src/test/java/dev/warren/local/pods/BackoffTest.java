package dev.warren.local.pods;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  @Test
  void doublesUpToHalfAMinute() {
    var delays =
        Stream.iterate(Backoff.NONE, backoff -> backoff.after(Duration.ZERO))
            .skip(1)
            .limit(7)
            .map(backoff -> backoff.delay().toSeconds());

    assertThat(delays).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
  }

  @Test
  void startsAnewAfterALongRun() {
    var backoff = new Backoff(Duration.ofSeconds(30)).after(Duration.ofMinutes(10));

    assertThat(backoff.delay()).isEqualTo(Duration.ofSeconds(1));
  }
}
