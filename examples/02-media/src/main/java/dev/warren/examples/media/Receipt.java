package dev.warren.examples.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the producer keeps of a task, for the account: a line of the file `receipts`.
///
/// @param target name of the file that is to come of it
/// @param picture whether that is a thumbnail
/// @param urgent whether somebody waits for it
/// @param publishedAt epoch milliseconds
record Receipt(String target, boolean picture, boolean urgent, long publishedAt) {
  static Path file(Path work) {
    return work.resolve("receipts");
  }

  static List<Receipt> read(Path work) throws IOException {
    try (var lines = Files.lines(file(work))) {
      return lines.map(Receipt::parse).toList();
    }
  }

  private static Receipt parse(String line) {
    var parts = line.split(" ", 4);
    return new Receipt(
        parts[0],
        Boolean.parseBoolean(parts[1]),
        Boolean.parseBoolean(parts[2]),
        Long.parseLong(parts[3]));
  }

  String line() {
    return "%s %s %s %d".formatted(target, picture, urgent, publishedAt);
  }
}
