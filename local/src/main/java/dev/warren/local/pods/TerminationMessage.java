package dev.warren.local.pods;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Reads the last words of a container.
final class TerminationMessage {
  private static final int LONGEST = 4096;
  private static final int LONGEST_FROM_LOG = 2048;

  private TerminationMessage() {}

  /// @param log the pod's output, or null not to fall back to it
  /// @param logStart size of the log when the container started
  static String read(Path terminationLog, @Nullable Path log, long logStart) throws IOException {
    var message = tail(terminationLog, 0, LONGEST);
    return message.isEmpty() && log != null ? tail(log, logStart, LONGEST_FROM_LOG) : message;
  }

  private static String tail(Path file, long from, int longest) throws IOException {
    if (!Files.exists(file)) {
      return "";
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      var start = Math.max(from, channel.size() - longest);
      var buffer = ByteBuffer.allocate((int) Math.max(0, channel.size() - start));
      channel.position(start);
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
      return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8).strip();
    }
  }
}
