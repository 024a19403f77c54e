package dev.warren.examples.ml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/// Files with results: there as a whole or not at all, and the same when they are written again.
final class Results {
  private Results() {}

  static void write(Path directory, String name, String content) throws IOException {
    var part = Files.createDirectories(directory).resolve(".%s.part".formatted(UUID.randomUUID()));
    Files.writeString(part, content);
    Files.move(part, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }
}
