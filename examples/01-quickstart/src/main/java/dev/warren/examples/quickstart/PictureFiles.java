package dev.warren.examples.quickstart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/// Puts pictures into a directory. Draws a few and links them under many names, so that 100,000
/// cost as little time and space as a hundred. For one thread.
final class PictureFiles {
  private static final int DISTINCT = 40;
  private static final int HEADER_LENGTH = 20;

  private final Path directory;
  private final long seed;
  private final Map<Integer, Path> drawn = new HashMap<>();

  PictureFiles(Path directory, long seed) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.seed = seed;
  }

  /// Puts an upload's file there, in place of any older one.
  Path put(Upload upload) throws IOException {
    var file = directory.resolve(upload.fileName());
    var kind = upload.number() % DISTINCT;
    var same = drawn.get(kind);
    if (upload.broken()) {
      AtomicFile.write(file, damaged(draw(kind)));
    } else if (same == null) {
      AtomicFile.write(file, draw(kind));
      drawn.put(kind, file);
    } else {
      link(file, same);
    }
    return file;
  }

  private byte[] draw(int kind) throws IOException {
    return Images.jpeg(Drawing.draw(new Random(seed * DISTINCT + kind)));
  }

  /// What looks like a JPEG by its first bytes and goes on as something else.
  private static byte[] damaged(byte[] picture) {
    var text = "upload interrupted".getBytes(StandardCharsets.US_ASCII);
    var bytes = Arrays.copyOf(picture, HEADER_LENGTH + text.length);
    System.arraycopy(text, 0, bytes, HEADER_LENGTH, text.length);
    return bytes;
  }

  private static void link(Path file, Path same) throws IOException {
    Files.deleteIfExists(file);
    try {
      Files.createLink(file, same);
    } catch (UnsupportedOperationException | IOException e) {
      // Not every file system has links.
      Files.copy(same, file);
    }
  }
}
