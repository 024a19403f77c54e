package dev.warren.examples.media;

import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskHandler;
import java.io.IOException;

/// Makes a small thumbnail of one picture. A task may run twice, so doing it again writes the same
/// file over the old one.
public final class ThumbnailHandler implements TaskHandler<MediaTask> {
  static final int WIDTH = 64;

  @Override
  public Outcome handle(Task<MediaTask> task, TaskContext context) throws IOException {
    var source = MediaFiles.read(task.payload());
    if (source.isEmpty()) {
      return Outcome.fail("'%s' is gone; upload it again".formatted(task.payload().source()));
    }
    var pictures = Pictures.decode(source.get());
    if (pictures.isEmpty()) {
      return Outcome.fail("'%s' is not a picture".formatted(task.payload().source()));
    }
    var thumbnail = Pictures.scaleToWidth(pictures.getFirst(), WIDTH);
    MediaFiles.write(task.payload(), Pictures.encode(thumbnail, "jpg"));
    return Outcome.done();
  }
}
