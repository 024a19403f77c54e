package dev.warren.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class CancelActionsTest {
  private final List<String> done = new CopyOnWriteArrayList<>();
  private final CancelActions actions = new CancelActions();

  @Test
  void runInTheirOrderAndOnAnotherThread() {
    actions.add(() -> done.add("first on " + Thread.currentThread().getName()));
    actions.add(() -> done.add("second"));

    actions.cancel();

    await().until(() -> done.size() == 2);
    assertThat(done).containsExactly("first on task-cancel", "second");
  }

  @Test
  void runAtOnceWhenTheAttemptIsCancelledAlready() {
    actions.cancel();

    actions.add(() -> done.add("late"));

    await().until(() -> done.contains("late"));
  }

  @Test
  void runOnceHoweverOftenTheAttemptIsCancelled() {
    actions.add(() -> done.add("once"));

    actions.cancel();
    actions.cancel();
    actions.add(() -> done.add("last"));

    await().until(() -> done.contains("last"));
    assertThat(done).containsOnlyOnce("once");
  }

  @Test
  void areForgottenWhenTheAttemptEnds() {
    var sentinel = new CancelActions();
    actions.add(() -> done.add("never"));

    actions.end();
    actions.cancel();
    actions.add(() -> done.add("never"));
    sentinel.cancel();
    sentinel.add(() -> done.add("sentinel"));

    await().until(() -> done.contains("sentinel"));
    assertThat(done).doesNotContain("never");
  }

  @Test
  void goOnWhenOneFails() {
    actions.add(
        () -> {
          throw new StackOverflowError("deep");
        });
    actions.add(() -> done.add("next"));

    actions.cancel();

    await().until(() -> done.contains("next"));
  }
}
