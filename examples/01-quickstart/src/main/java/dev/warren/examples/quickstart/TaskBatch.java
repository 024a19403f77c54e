package dev.warren.examples.quickstart;

import dev.warren.client.NewTask;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/// Publishes many tasks and, at the end, once more those that the broker is not known to have. They
/// keep their ids, so that one which it had after all can be told to be the same. For one thread.
final class TaskBatch {
  private static final int ROUNDS = 3;

  private record Attempt(NewTask task, CompletableFuture<String> confirmed) {}

  private final Function<NewTask, CompletableFuture<String>> publish;
  private List<Attempt> attempts = new ArrayList<>();

  /// @param publish completes when the broker has the task; waits itself when too many are
  ///   outstanding
  TaskBatch(Function<NewTask, CompletableFuture<String>> publish) {
    this.publish = publish;
  }

  void publish(NewTask task) {
    attempts.add(new Attempt(task, publish.apply(task)));
  }

  /// Waits for the broker to have all, and publishes again what failed, twice at most.
  ///
  /// @return the failures that remain, one for each task
  List<Throwable> finish() {
    for (int round = 1; ; round++) {
      var failed = attempts.stream().filter(TaskBatch::hasFailed).toList();
      if (failed.isEmpty() || round == ROUNDS) {
        return failed.stream().map(attempt -> attempt.confirmed().exceptionNow()).toList();
      }
      attempts = new ArrayList<>();
      failed.forEach(attempt -> publish(attempt.task()));
    }
  }

  private static boolean hasFailed(Attempt attempt) {
    try {
      attempt.confirmed().join();
      return false;
    } catch (CompletionException e) {
      return true;
    }
  }
}
