package dev.warren.examples.media;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What a task refers to. Safe for use by many threads.
final class MediaFiles {
  private static final Set<String> SCHEMES = Set.of("file", "http", "https");

  private MediaFiles() {}

  /// Reads the task's source; empty if it is gone, which trying again does not change.
  ///
  /// @throws IOException if it could not be read this time
  /// @throws IllegalArgumentException if a worker cannot read such a source
  static Optional<byte[]> read(MediaTask task) throws IOException {
    var scheme = String.valueOf(task.source().getScheme());
    if (!SCHEMES.contains(scheme)) {
      throw new IllegalArgumentException(
          "'%s' is no URL of file, http or https".formatted(task.source()));
    }
    try (var input = task.source().toURL().openStream()) {
      return Optional.of(input.readAllBytes());
    } catch (FileNotFoundException | NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /// Writes the task's target: as a whole or not at all, also when two workers write the same one
  /// or one is killed.
  static void write(MediaTask task, byte[] content) throws IOException {
    var file = Path.of(task.target());
    var part = file.resolveSibling(".%s.%s.part".formatted(file.getFileName(), UUID.randomUUID()));
    try {
      Files.write(part, content);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
