package dev.warren.worker.handler;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings what a command writes to its standard error into the log, line by line.
final class CommandLog {
  private static final Logger LOG = LoggerFactory.getLogger(CommandLog.class);

  /// The longest line, in bytes; what is beyond it is left out.
  private static final int LONGEST_LINE = 8 * 1024;

  private CommandLog() {}

  /// Starts to read, until the command and all that holds its standard error have ended. On a
  /// platform thread: pipes can't be interrupted and would hold the carriers of other tasks.
  ///
  /// @param taskId the task that the command works on, at the time of a line
  static void start(InputStream errors, Supplier<String> taskId) {
    Thread.ofPlatform().daemon().name("exec-stderr").start(() -> read(errors, taskId));
  }

  private static void read(InputStream errors, Supplier<String> taskId) {
    try (errors) {
      var lines = new BoundedLines(errors, LONGEST_LINE);
      for (var line = lines.next(); line != null; line = lines.next()) {
        LOG.atInfo()
            .addKeyValue("task_id", taskId.get())
            .addKeyValue("stderr", line.isCut() ? line.text() + "…" : line.text())
            .log("The command wrote");
      }
    } catch (IOException _) {
      // The pipe ends with the process.
    }
  }
}
