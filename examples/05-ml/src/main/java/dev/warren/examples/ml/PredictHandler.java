package dev.warren.examples.ml;

import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskHandler;
import java.io.IOException;
import java.nio.file.Path;

/// Answers one question with the model that the image brings. The answer is a file named by the
/// task, so a task that comes twice writes the same one again.
public final class PredictHandler implements TaskHandler<PredictHandler.Question> {
  private static final Line MODEL = new Line(2, 1);

  /// The task's JSON body.
  ///
  /// @param directory gets `predictions`
  /// @param millis how long the model takes
  public record Question(String directory, double x, long millis) {}

  @Override
  public Outcome handle(Task<Question> task, TaskContext context)
      throws IOException, InterruptedException {
    if (task.id().isEmpty()) {
      return Outcome.fail("the question has no id to name the answer by; set message_id");
    }
    var question = task.payload();
    Thread.sleep(question.millis());
    Results.write(
        Path.of(question.directory()).resolve("predictions"),
        task.id().get(),
        String.valueOf(MODEL.at(question.x())));
    return Outcome.done();
  }
}
