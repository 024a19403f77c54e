package dev.warren.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.worker.testing.FakeDelivery;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WaitingTasksTest {
  private final WaitingTasks waiting = new WaitingTasks();

  @Test
  void keepsTheOrderOfEqualPriorities() {
    add("a", 0);
    add("b", 0);
    add("c", 0);

    assertThat(all()).containsExactly("a", "b", "c");
  }

  @Test
  void putsHigherPrioritiesFirst() {
    add("a", 0);
    add("b", 5);
    add("c", 9);
    add("d", 0);
    add("e", 5);

    assertThat(waiting.size()).isEqualTo(5);
    assertThat(all()).containsExactly("c", "b", "e", "a", "d");
    assertThat(waiting.isEmpty()).isTrue();
  }

  @Test
  void startsTheOldestEverySoOften() {
    add("old", 0);
    IntStream.range(0, 100).forEach(i -> add("high-" + i, 9));

    assertThat(all().indexOf("old")).isEqualTo(WaitingTasks.FLOOR - 1);
  }

  @Test
  void startsTheOldestOfTheRankedEverySoOften() {
    add("first", 9);
    add("low", 1);
    IntStream.range(0, 100).forEach(i -> add("high-" + i, 9));

    assertThat(all().indexOf("low")).isEqualTo(WaitingTasks.FLOOR - 1);
  }

  private void add(String id, int priority) {
    waiting.add(FakeDelivery.withPriority(id, priority));
  }

  private List<String> all() {
    var ids = new ArrayList<String>();
    for (var next = waiting.poll(); next != null; next = waiting.poll()) {
      ids.add(String.valueOf(next.properties().messageId()));
    }
    return ids;
  }
}
