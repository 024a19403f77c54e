package dev.warren.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.client.NewTask;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TaskBatchTest {
  private final List<String> published = new ArrayList<>();

  @Test
  void publishesOnceWhatTheBrokerHas() {
    var batch = new TaskBatch(task -> confirmAfter(0, task));
    batch.publish(NewTask.of("{}").withId("a"));
    batch.publish(NewTask.of("{}").withId("b"));

    assertThat(batch.finish()).isEmpty();
    assertThat(published).containsExactly("a", "b");
  }

  @Test
  void publishesAgainWithTheSameIdWhatFailed() {
    var batch = new TaskBatch(task -> confirmAfter(2, task));
    batch.publish(NewTask.of("{}").withId("a"));

    assertThat(batch.finish()).isEmpty();
    assertThat(published).containsExactly("a", "a", "a");
  }

  @Test
  void givesUpAfterThreeTimesAndSaysWhy() {
    var batch = new TaskBatch(task -> confirmAfter(3, task));
    batch.publish(NewTask.of("{}").withId("a"));

    assertThat(batch.finish()).singleElement().hasToString("java.lang.IllegalStateException: 3");
    assertThat(published).hasSize(3);
  }

  private CompletableFuture<String> confirmAfter(int failures, NewTask task) {
    published.add(task.id());
    var times = published.stream().filter(task.id()::equals).count();
    return times <= failures
        ? CompletableFuture.failedFuture(new IllegalStateException(Long.toString(times)))
        : CompletableFuture.completedFuture(task.id());
  }
}
