package dev.warren.worker.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.warren.model.RateLimit;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenBucketTest {
  private static final long SECOND = 1_000_000_000;

  /// Far from 0, near an overflow: what {@link System#nanoTime} may be.
  private static final long START = Math.subtractExact(Long.MAX_VALUE, SECOND);

  @ParameterizedTest
  @CsvSource({"120, 60, 2", "3, 1, 1", "7, 1, 7", "10000, 1, 1", "10000, 1, 10000", "100, 1, 1"})
  void letsThePromisedNumberThroughInAMinute(int tasks, int seconds, int burst) {
    var bucket = bucket(tasks, Duration.ofSeconds(seconds), burst);

    long taken = takeUntil(bucket, START, START + 60 * SECOND, SECOND / 1_000);

    assertThat(taken - burst).isCloseTo(60L * tasks / seconds, withPercentage(2));
  }

  @Test
  void letsOneThroughInAnHour() {
    var bucket = bucket(1, Duration.ofHours(1), 1);

    assertThat(bucket.tryTake(START)).isTrue();
    assertThat(bucket.tryTake(START + 3_599 * SECOND)).isFalse();
    assertThat(bucket.untilNext(START + 3_599 * SECOND)).isEqualTo(Duration.ofSeconds(1));
    assertThat(bucket.tryTake(START + 3_600 * SECOND)).isTrue();
    assertThat(bucket.tryTake(START + 3_601 * SECOND)).isFalse();
  }

  @Test
  void holdsABurstAndNoMore() {
    var bucket = bucket(1, Duration.ofSeconds(1), 5);
    takeUntil(bucket, START, START, 1);

    long later = START + 1_000 * SECOND;

    assertThat(bucket.within(Duration.ZERO, later)).isEqualTo(5);
    assertThat(takeUntil(bucket, later, later, 1)).isEqualTo(5);
  }

  @Test
  void tellsWhatWillCome() {
    var bucket = bucket(2, Duration.ofSeconds(1), 1);
    assertThat(bucket.tryTake(START)).isTrue();

    assertThat(bucket.within(Duration.ofMillis(499), START)).isZero();
    assertThat(bucket.within(Duration.ofMillis(1_250), START)).isEqualTo(2);
    assertThat(bucket.untilNext(START)).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void givesNoBurstAnewWhenTheLimitChanges() {
    var bucket = bucket(10, Duration.ofSeconds(1), 10);
    takeUntil(bucket, START, START, 1);

    bucket.change(new RateLimit(20, Duration.ofSeconds(1), 20, false));

    assertThat(bucket.tryTake(START)).isFalse();
    assertThat(takeUntil(bucket, START, START + SECOND, SECOND / 1_000)).isEqualTo(20);
  }

  @Test
  void takesBackWhatWasNotUsed() {
    var bucket = bucket(1, Duration.ofHours(1), 1);
    assertThat(bucket.tryTake(START)).isTrue();

    bucket.giveBack();

    assertThat(bucket.tryTake(START)).isTrue();
  }

  private static TokenBucket bucket(int tasks, Duration per, int burst) {
    return new TokenBucket(new RateLimit(tasks, per, burst, false), START);
  }

  /// Takes what there is every `step` nanoseconds; how much that was.
  private static long takeUntil(TokenBucket bucket, long start, long end, long step) {
    long taken = 0;
    for (long now = start; now - end <= 0; now += step) {
      while (bucket.tryTake(now)) {
        taken++;
      }
    }
    return taken;
  }
}
