package dev.warren.worker.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.worker.amqp.PrefetchPlan.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PrefetchPlanTest {
  private static final Duration LONG_AGO = Duration.ofMinutes(1);

  @Test
  void beginsWithOneConsumerForTheWholeWindow() {
    assertThat(plan(13, List.of(), 0).next()).isEqualTo(new Step.Add(13));
  }

  @Test
  void growsByTheDifferenceAndKeepsWhatIsThere() {
    assertThat(plan(20, List.of(13), 0).next()).isEqualTo(new Step.Add(7));
  }

  @Test
  void shrinksByTheNewestConsumer() {
    assertThat(plan(13, List.of(13, 7), 0).next()).isEqualTo(new Step.Cancel());
  }

  @Test
  void countsWhatEndedConsumersHold() {
    assertThat(plan(5, List.of(), 3).next()).isEqualTo(new Step.Add(2));
    assertThat(plan(5, List.of(), 10).next()).isInstanceOf(Step.Later.class);
  }

  @Test
  void letsWhatAnEndedConsumerHoldsBeSettledBeforeItTakesItsPlace() {
    var plan = new PrefetchPlan(5, List.of(), 3, LONG_AGO, Duration.ofMillis(5));

    assertThat(plan.next()).isEqualTo(new Step.Later(Duration.ofMillis(10)));
  }

  @Test
  void closesAtOnceAndOpensAfterARest() {
    var justAdded = Duration.ofMillis(100);

    assertThat(new PrefetchPlan(0, List.of(13), 0, justAdded, LONG_AGO).next())
        .isEqualTo(new Step.Cancel());
    assertThat(new PrefetchPlan(13, List.of(), 0, justAdded, LONG_AGO).next())
        .isEqualTo(new Step.Later(Duration.ofMillis(900)));
    assertThat(plan(0, List.of(), 4).next()).isEqualTo(new Step.Nothing());
  }

  /// However the window moves, it is reached in the end.
  @Property
  void reachesEveryWindow(@ForAll List<@IntRange(max = 300) Integer> windows) {
    var prefetches = new ArrayList<Integer>();
    for (int window : windows) {
      for (int steps = 0; ; steps++) {
        assertThat(steps).isLessThan(50);
        var step = plan(window, prefetches, 0).next();
        if (step instanceof Step.Add(var prefetch)) {
          prefetches.add(prefetch);
        } else if (step instanceof Step.Cancel) {
          prefetches.removeLast();
        } else {
          break;
        }
      }
      assertThat(prefetches.stream().mapToInt(Integer::intValue).sum()).isEqualTo(window);
      assertThat(prefetches).hasSizeLessThanOrEqualTo(8);
    }
  }

  private static PrefetchPlan plan(int window, List<Integer> prefetches, int held) {
    return new PrefetchPlan(window, prefetches, held, LONG_AGO, LONG_AGO);
  }
}
