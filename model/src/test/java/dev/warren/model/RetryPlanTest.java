package dev.warren.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RetryPlanTest {
  private static final RetryPlan CAPPED = plan(6, "1s", 2, "5s", 0.2);

  @Test
  void delaysGrowByTheMultiplierUpToTheLongest() {
    assertThat(CAPPED.schedule())
        .extracting(DurationText::format)
        .containsExactly("1s", "2s", "4s", "5s", "5s");
  }

  @Test
  void eachDelayIsOneDelayQueue() {
    assertThat(CAPPED.delays())
        .extracting(DurationText::format)
        .containsExactly("1s", "2s", "4s", "5s");
  }

  @Test
  void lastAttemptHasNoDelay() {
    assertThat(CAPPED.delayAfter(5)).contains(Duration.ofSeconds(5));
    assertThat(CAPPED.delayAfter(6)).isEmpty();
    assertThat(CAPPED.delayAfter(7)).isEmpty();
  }

  @Test
  void wantedDelayIsRoundedUpToAPlannedOne() {
    assertThat(CAPPED.delayAtLeast(Duration.ofMillis(1))).isEqualTo(Duration.ofSeconds(1));
    assertThat(CAPPED.delayAtLeast(Duration.ofMillis(2001))).isEqualTo(Duration.ofSeconds(4));
    assertThat(CAPPED.delayAtLeast(Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void planWithOneAttemptStillHasADelayForSnoozedTasks() {
    var once = plan(1, "1s", 2, "5s", 0);

    assertThat(once.schedule()).isEmpty();
    assertThat(once.delays()).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void ageThatIsNotNamedLeavesRoomForEveryAttempt() {
    assertThat(CAPPED.maxAge()).isEqualTo(Duration.ofDays(7));
    assertThat(plan(5, "1d", 2, "30d", 0).maxAge()).isEqualTo(Duration.ofDays(30));
    assertThat(plan(30, "30d", 10, "30d", 0).maxAge()).isEqualTo(Duration.ofDays(1740));
  }

  @Test
  void jitterSpreadsEachDelayOverLanes() {
    assertThat(plan(2, "1s", 2, "5s", 0.2).delayLanes())
        .extracting(DelayLane::name, lane -> lane.timeToLive().toMillis())
        .containsExactly(
            tuple("warren.delay.1000.0", 1000L),
            tuple("warren.delay.1000.1", 1100L),
            tuple("warren.delay.1000.2", 1200L));
  }

  @Test
  void refusalNamesFieldValueAndRemedy() {
    assertThatThrownBy(() -> plan(31, "1s", 2, "5s", 0))
        .hasMessage("retry.maxAttempts is 31; use 1 to 30");
    assertThatThrownBy(() -> plan(2, "10s", 2, "5s", 0))
        .hasMessage("retry.maxDelay is 5s, less than initialDelay 10s; use initialDelay to 30d");
    assertThatThrownBy(() -> plan(2, "1s", 0.5, "5s", 0))
        .hasMessage("retry.multiplier is 0.5; use 1 to 10");
    assertThatThrownBy(() -> plan(2, "1s", Double.NaN, "5s", 0))
        .hasMessageContaining("retry.multiplier");
  }

  @Property
  void delaysNeverShrinkAndStayWithinBounds(@ForAll("plans") RetryPlan plan) {
    var delays = IntStream.range(1, plan.maxAttempts()).mapToObj(plan::delayAfter).toList();

    assertThat(delays).allSatisfy(delay -> assertThat(delay).isPresent());
    assertThat(plan.schedule())
        .isSorted()
        .allSatisfy(delay -> assertThat(delay).isBetween(plan.initialDelay(), plan.maxDelay()));
  }

  @Property
  void everyLaneHasATtlThatABrokerTakes(@ForAll("plans") RetryPlan plan) {
    assertThat(plan.delayLanes())
        .isNotEmpty()
        .allSatisfy(lane -> assertThat(lane.timeToLive().toMillis()).isBetween(1L, (1L << 32) - 1));
  }

  @Provide
  Arbitrary<RetryPlan> plans() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 30),
            Arbitraries.longs().between(1, Duration.ofDays(30).toMillis()),
            Arbitraries.doubles().between(1, 10),
            Arbitraries.longs().between(0, Duration.ofDays(30).toMillis()),
            Arbitraries.doubles().between(0, 0.5))
        .as(
            (attempts, initial, multiplier, more, jitter) ->
                new RetryPlan(
                    attempts,
                    Duration.ofMillis(initial),
                    multiplier,
                    Duration.ofMillis(Math.min(initial + more, Duration.ofDays(30).toMillis())),
                    jitter));
  }

  private static RetryPlan plan(
      int attempts, String initialDelay, double multiplier, String maxDelay, double jitter) {
    return new RetryPlan(
        attempts,
        DurationText.parse(initialDelay),
        multiplier,
        DurationText.parse(maxDelay),
        jitter);
  }

  @Test
  void namespacesThatShareAVhostHaveLanesOfTheirOwn() {
    assertThat(plan(2, "1s", 2, "5s", 0).delayLanes(Optional.of("media")))
        .extracting(DelayLane::name)
        .containsExactly("warren.delay.1000.0@media");
  }
}
