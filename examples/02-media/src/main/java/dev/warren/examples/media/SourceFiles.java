package dev.warren.examples.media;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Puts the files of uploads into a directory. Draws one of each kind and links it under many
/// names, so that 100,000 cost little time and space. For one thread.
final class SourceFiles {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;
  private static final int CLIP_FRAMES = 25;

  private final Path directory;
  private final Map<Upload.Kind, Path> drawn = new EnumMap<>(Upload.Kind.class);

  /// @param directory empty, or not there
  SourceFiles(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
    for (var kind : Upload.Kind.values()) {
      var file = directory.resolve("original." + kind.extension());
      Files.write(file, draw(kind));
      drawn.put(kind, file);
    }
  }

  /// Where an upload's file is; it is there unless it is to be gone.
  Path put(Upload upload) throws IOException {
    var file = directory.resolve(upload.sourceName());
    var same = drawn.get(upload.kind());
    if (!upload.gone() && same != null) {
      try {
        Files.createLink(file, same);
      } catch (UnsupportedOperationException | IOException e) {
        // Not every file system has links.
        Files.copy(same, file);
      }
    }
    return file;
  }

  private static byte[] draw(Upload.Kind kind) throws IOException {
    return switch (kind) {
      case JPEG -> Pictures.encode(Pictures.draw(WIDTH, HEIGHT, 1), "jpg");
      case PNG -> Pictures.encode(Pictures.draw(WIDTH, HEIGHT, 2), "png");
      case CLIP -> Pictures.encodeClip(frames());
    };
  }

  private static List<BufferedImage> frames() {
    return IntStream.range(0, CLIP_FRAMES)
        .mapToObj(seed -> Pictures.draw(WIDTH, HEIGHT, seed))
        .toList();
  }
}
