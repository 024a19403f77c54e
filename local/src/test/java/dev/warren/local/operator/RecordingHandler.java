package dev.warren.local.operator;

import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// Leaves a file for each task that it has done. The file has a line for each time, which is the
/// number of the attempt.
public final class RecordingHandler implements TaskHandler<RecordingHandler.Entry> {
  /// What to do.
  ///
  /// @param file is written to
  /// @param millis how long it takes
  /// @param failures how many attempts fail
  public record Entry(String file, long millis, int failures) {
    /// The body of the message.
    public String json() {
      return "{\"file\":\"%s\",\"millis\":%d,\"failures\":%d}".formatted(file, millis, failures);
    }
  }

  @Override
  public Outcome handle(Task<Entry> task, TaskContext context)
      throws IOException, InterruptedException {
    Thread.sleep(Duration.ofMillis(task.payload().millis()));
    if (context.attempt() <= task.payload().failures()) {
      throw new IOException("not yet");
    }
    Files.writeString(
        Path.of(task.payload().file()),
        context.attempt() + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    return Outcome.done();
  }
}
