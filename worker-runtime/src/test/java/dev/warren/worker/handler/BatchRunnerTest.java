package dev.warren.worker.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warren.model.Batch;
import dev.warren.worker.BatchContext;
import dev.warren.worker.BatchTaskHandler;
import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskTracing;
import dev.warren.worker.UnreadableBodyException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

class BatchRunnerTest {
  /// A payload.
  record Row(String name) {}

  /// Answers what the first task of the batch says; the types are for Payloads.
  @NullUnmarked
  private static final class Answering implements BatchTaskHandler<Row> {
    @Override
    public List<Outcome> handle(List<Task<Row>> tasks, BatchContext context) {
      return switch (tasks.getFirst().payload().name()) {
        case "null" -> null;
        case "short" -> List.of();
        case "hole" -> Arrays.asList(Outcome.done(), null);
        default -> tasks.stream().map(task -> Outcome.drop(task.payload().name())).toList();
      };
    }
  }

  @Test
  void givesEachTaskItsOwnOutcome() throws Exception {
    var runner = runner(2);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(() -> run(runner, "{\"name\":\"a\"}"));
      var second = threads.submit(() -> run(runner, "{\"name\":\"b\"}"));

      assertThat(first.get()).isEqualTo(Outcome.drop("a"));
      assertThat(second.get()).isEqualTo(Outcome.drop("b"));
    }
  }

  @Test
  void namesBothSizesWhenTheyDiffer() {
    assertThatThrownBy(() -> run(runner(1), "{\"name\":\"short\"}"))
        .hasMessage(
            "handler class '%s' returned 0 outcomes for 1 tasks; return an Outcome for each, in their order",
            Answering.class.getName());
    assertThatThrownBy(() -> run(runner(1), "{\"name\":\"null\"}"))
        .hasMessageContaining("returned null for 1 tasks");
  }

  @Test
  void failsOnlyTheTaskWithoutAnOutcome() throws Exception {
    var runner = runner(2);
    var failed = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks =
          List.of(
              threads.submit(() -> run(runner, "{\"name\":\"hole\"}")),
              threads.submit(() -> run(runner, "{\"name\":\"hole\"}")));

      for (var task : tasks) {
        try {
          assertThat(task.get()).isEqualTo(Outcome.done());
        } catch (ExecutionException e) {
          assertThat(e).hasMessageContaining("returned null for task 1 of a batch");
          failed.countDown();
        }
      }
    }
    assertThat(failed.getCount()).isZero();
  }

  @Test
  void keepsAnUnreadableBodyOutOfTheBatch() throws Exception {
    var runner = runner(2);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(() -> run(runner, "{\"name\":\"a\"}"));

      assertThatThrownBy(() -> run(runner, "not json")).isInstanceOf(UnreadableBodyException.class);
      var second = threads.submit(() -> run(runner, "{\"name\":\"b\"}"));
      assertThat(first.get()).isEqualTo(Outcome.drop("a"));
      assertThat(second.get()).isEqualTo(Outcome.drop("b"));
    }
  }

  private static BatchRunner runner(int size) {
    return BatchRunner.of(
        new Answering(), new Batch(size, Duration.ofMinutes(1)), TaskTracing.NONE);
  }

  private static Outcome run(BatchRunner runner, String body) throws Exception {
    return runner.run(
        SomeTask.of("type", Map.of(), body), "application/json", new SomeTask.Attempt());
  }
}
