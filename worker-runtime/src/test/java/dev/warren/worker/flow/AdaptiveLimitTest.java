package dev.warren.worker.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.model.Adaptive;
import dev.warren.worker.flow.AdaptiveLimit.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdaptiveLimitTest {
  private static final Duration FAST = Duration.ofMillis(10);
  private static final Duration SLOW = Duration.ofMillis(300);

  private final AdaptiveLimit limit =
      new AdaptiveLimit(new Adaptive(2, Duration.ofMillis(100)), 100);

  private final List<Adaptation> adaptations = new ArrayList<>();

  /// Moves on by {@link #decide}, far enough for every rest to be over.
  private long now = System.nanoTime();

  @Test
  void beginsAtTheLowerBoundAndDoublesUntilTheFirstSetback() {
    for (int i = 0; i < 3; i++) {
      decide(10, FAST, true, 0);
    }
    assertThat(limit.limit()).isEqualTo(16);

    assertThat(decide(10, SLOW, true, 0)).isEqualTo("tasks take 300 ms");
    assertThat(limit.limit()).isEqualTo(12);
    decide(10, FAST, true, 0);
    assertThat(limit.limit()).isEqualTo(13);
    assertThat(adaptations)
        .containsExactly(
            Adaptation.SATURATED,
            Adaptation.SATURATED,
            Adaptation.SATURATED,
            Adaptation.SLOW,
            Adaptation.SATURATED);
  }

  @Test
  void neverLeavesItsBounds() {
    for (int i = 0; i < 50; i++) {
      decide(10, FAST, true, 0);
    }
    assertThat(limit.limit()).isEqualTo(100);

    for (int i = 0; i < 50; i++) {
      decide(10, SLOW, true, 0);
    }
    assertThat(limit.limit()).isEqualTo(2);
    assertThat(decide(10, SLOW, true, 0)).isEmpty();
  }

  @Test
  void doesNotGrowWhilePermitsAreFreeOrNothingEnds() {
    assertThat(decide(10, FAST, false, 0)).isEmpty();
    assertThat(decide(0, Duration.ZERO, true, 0)).isEmpty();
    assertThat(limit.limit()).isEqualTo(2);
  }

  @Test
  void stepsBackWhenMemoryIsShort() {
    limit.startingAt(40);

    assertThat(decide(10, FAST, true, 0.93)).isEqualTo("memory is short: 93 % in use");
    assertThat(adaptations).containsExactly(Adaptation.MEMORY);
    assertThat(limit.limit()).isEqualTo(30);
    assertThat(decide(10, FAST, true, 0.85)).isEmpty();
    assertThat(limit.limit()).isEqualTo(30);
  }

  @Test
  void ignoresWhatStartedBeforeAStepBack() {
    limit.startingAt(40);
    decide(10, SLOW, true, 0);

    var soon = limit.decide(new Sample(10, SLOW, true, 0), now + Duration.ofSeconds(1).toNanos());

    assertThat(soon).isEmpty();
    assertThat(limit.limit()).isEqualTo(30);
  }

  private String decide(long tasks, Duration mean, boolean saturated, double memory) {
    now += Duration.ofMinutes(10).toNanos();
    return limit
        .decide(new Sample(tasks, mean, saturated, memory), now)
        .map(
            change -> {
              adaptations.add(change.adaptation());
              return change.told();
            })
        .orElse("");
  }
}
