package dev.warren.local.pods;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Finds processes by a variable in the environment that they were started with. Children inherit
/// it, daemons that left their parent's session too, and no process that merely reuses a process id
/// has it. Needs `/proc`; finds nothing without one.
final class MarkedProcesses {
  /// Holds the pod's uid.
  static final String POD = "WARREN_LOCAL_POD";

  /// Holds the directory of the platform.
  static final String PLATFORM = "WARREN_LOCAL_DIRECTORY";

  private static final Duration PAUSE = Duration.ofMillis(5);

  private MarkedProcesses() {}

  /// Kills all, and what they start meanwhile (SIGKILL), and returns when none runs any more. A
  /// process that nobody has reaped yet has no environment, and does not count.
  static void kill(String variable, String value) {
    for (var found = find(variable, value); !found.isEmpty(); found = find(variable, value)) {
      found.forEach(ProcessHandle::destroyForcibly);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static List<ProcessHandle> find(String variable, String value) {
    var marker = variable + "=" + value;
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .filter(process -> environment(process).contains("\0" + marker + "\0"))
        .toList();
  }

  /// Empty for a process that is gone or belongs to somebody else.
  private static String environment(ProcessHandle process) {
    var file = Path.of("/proc", Long.toString(process.pid()), "environ");
    try {
      return "\0" + Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return "";
    }
  }
}
