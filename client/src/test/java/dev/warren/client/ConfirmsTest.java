package dev.warren.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfirmsTest {
  private static final Deadline LATER = Deadline.in(Duration.ofHours(1));
  private static final Deadline PAST = Deadline.in(Duration.ofHours(-1));

  private final Confirms confirms = new Confirms();

  @Test
  void takesOneTaskByItsTag() {
    add(1, "a", LATER);
    add(2, "b", LATER);

    assertThat(ids(confirms.take(2, false))).containsExactly("b");
    assertThat(ids(confirms.close())).containsExactly("a");
  }

  @Test
  void takesAllTasksUpToATag() {
    add(1, "a", LATER);
    add(2, "b", LATER);
    add(3, "c", LATER);

    assertThat(ids(confirms.take(2, true))).containsExactly("a", "b");
    assertThat(ids(confirms.close())).containsExactly("c");
  }

  @Test
  void takesNoTaskTwice() {
    add(1, "a", LATER);
    confirms.take(1, false);

    assertThat(confirms.take(1, false)).isEmpty();
    assertThat(confirms.take(1, true)).isEmpty();
    assertThat(confirms.takeReturned("a", "key")).isEmpty();
  }

  @Test
  void takesOldestReturnedTaskOfSameIdAndRoutingKey() {
    var first = add(1, "a", LATER);
    add(2, "a", LATER);
    add(3, "b", LATER);

    assertThat(confirms.takeReturned("a", "other")).isEmpty();
    assertThat(confirms.takeReturned("a", "key")).containsSame(first);
    assertThat(ids(confirms.take(2, false))).containsExactly("a");
  }

  @Test
  void takesExpiredTasksOnly() {
    add(1, "a", PAST);
    add(2, "b", PAST);
    add(3, "c", LATER);

    assertThat(ids(confirms.takeExpired())).containsExactly("a", "b");
    assertThat(ids(confirms.close())).containsExactly("c");
  }

  @Test
  void takesNoneInWhenClosed() {
    confirms.close();

    assertThat(confirms.add(1, pending("late"), LATER)).isFalse();
    assertThat(confirms.close()).isEmpty();
  }

  private Pending add(long tag, String id, Deadline deadline) {
    var task = pending(id);
    confirms.add(tag, task, deadline);
    return task;
  }

  private static Pending pending(String id) {
    var task = NewTask.of("{}").withId(id).withRoutingKey("key");
    return new Pending(Message.of(task, TestQueue.TARGET, Instant.now()), Runnable::run, () -> {});
  }

  private static List<String> ids(List<Pending> tasks) {
    return tasks.stream().map(task -> task.message().id()).toList();
  }
}
