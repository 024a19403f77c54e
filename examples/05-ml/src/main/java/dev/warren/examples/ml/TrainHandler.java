package dev.warren.examples.ml;

import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// Trains a model for as long as that takes. After each step there is a checkpoint; the next
/// attempt, after a failure or in another pod, goes on from the last one.
public final class TrainHandler implements TaskHandler<TrainHandler.Training> {
  private static final Duration SOON = Duration.ofSeconds(1);

  /// The task's JSON body.
  ///
  /// @param directory gets `checkpoints` and `models`
  /// @param model its name
  /// @param slope of the line that it is to learn
  /// @param intercept of the same
  /// @param steps how many
  /// @param stepMillis how long one takes, as if a GPU computed
  /// @param crashAt step after which the first attempt fails; 0 for never
  public record Training(
      String directory,
      String model,
      double slope,
      double intercept,
      int steps,
      long stepMillis,
      int crashAt) {}

  @Override
  public Outcome handle(Task<Training> task, TaskContext context)
      throws IOException, InterruptedException {
    var training = task.payload();
    if (training.steps() < 1) {
      return Outcome.fail(
          "model '%s' has %d steps; ask for 1 or more"
              .formatted(training.model(), training.steps()));
    }
    var directory = Path.of(training.directory());
    var file = Files.createDirectories(directory.resolve("checkpoints")).resolve(training.model());
    var opened = Checkpoints.open(file);
    if (opened.isEmpty()) {
      return Outcome.snooze(SOON);
    }
    try (var checkpoints = opened.get()) {
      while (checkpoints.last().step() < training.steps()) {
        if (Instant.now().plusMillis(training.stepMillis()).isAfter(context.deadline())) {
          return Outcome.snooze(SOON); // Goes on in another attempt, and none is burned.
        }
        crashIfWanted(training, checkpoints.last(), context);
        checkpoints.add(step(training, checkpoints.last(), context));
      }
      Results.write(
          directory.resolve("models"), training.model(), checkpoints.last().line().text());
    }
    return Outcome.done();
  }

  private static Checkpoints.Checkpoint step(
      Training training, Checkpoints.Checkpoint last, TaskContext context)
      throws InterruptedException {
    Thread.sleep(training.stepMillis());
    var target = new Line(training.slope(), training.intercept());
    context.progress("step %d of %d".formatted(last.step() + 1, training.steps()));
    return new Checkpoints.Checkpoint(
        last.step() + 1, context.attempt(), last.line().stepTowards(target));
  }

  private static void crashIfWanted(
      Training training, Checkpoints.Checkpoint last, TaskContext context) throws IOException {
    if (context.attempt() == 1 && last.step() > 0 && last.step() == training.crashAt()) {
      throw new IOException(
          "the GPU is gone after step %d of model '%s'".formatted(last.step(), training.model()));
    }
  }
}
