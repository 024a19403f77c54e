package dev.warren.worker.handler;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads lines of UTF-8 of which none takes more memory than a limit. For one thread.
final class BoundedLines {
  /// A line without its end.
  ///
  /// @param isCut whether it was longer than the limit; the rest is not read
  record Line(String text, boolean isCut) {}

  private final InputStream input;
  private final int limit;

  /// Whether the rest of a long line is still to come.
  private boolean isInside;

  /// @param limit of a line, in bytes
  BoundedLines(InputStream input, int limit) {
    this.input = new BufferedInputStream(input);
    this.limit = limit;
  }

  /// The next line, null at the end. A line that is too long is returned as soon as it is.
  @Nullable Line next() throws IOException {
    if (isInside && !skipRest()) {
      return null;
    }
    var line = new ByteArrayOutputStream();
    int octet = input.read();
    while (octet >= 0 && octet != '\n') {
      if (line.size() == limit) {
        isInside = true;
        return new Line(line.toString(StandardCharsets.UTF_8), true);
      }
      line.write(octet);
      octet = input.read();
    }
    return octet < 0 && line.size() == 0
        ? null
        : new Line(line.toString(StandardCharsets.UTF_8), false);
  }

  /// @return whether the line has ended, and not everything
  private boolean skipRest() throws IOException {
    isInside = false;
    int octet = input.read();
    while (octet >= 0 && octet != '\n') {
      octet = input.read();
    }
    return octet >= 0;
  }
}
