package dev.warren.examples.media;

import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskHandler;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/// Makes a preview of one clip: some of its frames side by side. Doing it again writes the same
/// file over the old one.
public final class PreviewHandler implements TaskHandler<MediaTask> {
  static final int FRAMES = 5;
  static final int WIDTH = 160;

  @Override
  public Outcome handle(Task<MediaTask> task, TaskContext context) throws IOException {
    var source = MediaFiles.read(task.payload());
    if (source.isEmpty()) {
      return Outcome.fail("'%s' is gone; upload it again".formatted(task.payload().source()));
    }
    var frames = Pictures.decode(source.get());
    if (frames.isEmpty()) {
      return Outcome.fail("'%s' is not a clip".formatted(task.payload().source()));
    }
    context.progress("read %d frames".formatted(frames.size()));
    var preview = Pictures.strip(choose(frames), WIDTH);
    MediaFiles.write(task.payload(), Pictures.encode(preview, "jpg"));
    return Outcome.done();
  }

  /// Frames from all over the clip.
  private static List<BufferedImage> choose(List<BufferedImage> frames) {
    return IntStream.range(0, FRAMES)
        .mapToObj(i -> frames.get(i * frames.size() / FRAMES))
        .toList();
  }
}
