package dev.warren.examples.quickstart;

import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskHandler;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;

/// Makes thumbnails of one picture in three sizes. A task may run twice, so doing it again writes
/// the same files over the old ones.
public final class ThumbnailHandler implements TaskHandler<ThumbnailHandler.Picture> {
  static {
    ImageIO.setUseCache(false); // Of temporary files: the pictures fit in memory.
  }

  /// The task's JSON body.
  ///
  /// @param source file of the picture
  /// @param directory where the thumbnails go
  /// @param hiccups how many attempts to read it fail, as if its storage were unsteady
  public record Picture(String source, String directory, int hiccups) {}

  @Override
  public Outcome handle(Task<Picture> task, TaskContext context) throws IOException {
    var picture = task.payload();
    var decoded = decode(read(picture, context.attempt()));
    if (decoded.isEmpty()) {
      return Outcome.fail("'%s' is not a picture; upload it again".formatted(picture.source()));
    }
    var name = Path.of(picture.source()).getFileName().toString();
    var directory = Files.createDirectories(Path.of(picture.directory()));
    var image = decoded.get();
    for (int width : Thumbnails.WIDTHS) {
      // Each from the one before, which is as good and much less work.
      image = Images.scaleToWidth(image, width);
      AtomicFile.write(directory.resolve(Thumbnails.name(name, width)), Images.jpeg(image));
    }
    return Outcome.done();
  }

  /// What is thrown here is tried again by the TaskQueue's retry plan.
  private static byte[] read(Picture picture, int attempt) throws IOException {
    if (attempt <= picture.hiccups()) {
      throw new IOException("storage hiccup while reading '%s'".formatted(picture.source()));
    }
    return Files.readAllBytes(Path.of(picture.source()));
  }

  /// Empty if the bytes are no picture, which trying again does not change.
  private static Optional<BufferedImage> decode(byte[] bytes) {
    try {
      return Optional.ofNullable(ImageIO.read(new ByteArrayInputStream(bytes)));
    } catch (IOException | RuntimeException e) {
      // Decoders throw both at what is damaged; there is no I/O on an array.
      return Optional.empty();
    }
  }
}
