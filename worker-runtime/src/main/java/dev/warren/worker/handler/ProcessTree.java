package dev.warren.worker.handler;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A process and everything that it has started: its descendants and, on Linux, also those that
/// have left them for another session or parent, as daemons do. Those are known by a mark in their
/// environment, which is inherited; only a process that clears it escapes.
///
/// @param root the process
/// @param mark value of the environment variable {@link #VARIABLE} that it was started with
record ProcessTree(Process root, String mark) {
  private static final String VARIABLE = "WARREN_PROCESS";
  private static final Path PROCESSES = Path.of("/proc");

  /// How often what is still there is killed: a process may start another while it is killed.
  private static final int ROUNDS = 10;

  /// Starts a process with a mark of its own.
  ///
  /// @param environment what is added to the pod's own
  static ProcessTree start(ProcessBuilder builder, Map<String, String> environment)
      throws IOException {
    var mark = UUID.randomUUID().toString();
    builder.environment().putAll(environment);
    builder.environment().put(VARIABLE, mark);
    return new ProcessTree(builder.start(), mark);
  }

  /// Asks every process to end (SIGTERM), and kills (SIGKILL) those that have not ended in time.
  /// Called by the thread of an interrupted task, and does not look at the interrupt.
  void end(Duration grace) {
    var processes = alive();
    processes.forEach(ProcessHandle::destroy);
    awaitExit(processes, grace);
    for (int round = 0; round < ROUNDS; round++) {
      var left = alive();
      if (left.isEmpty()) {
        return;
      }
      left.forEach(ProcessHandle::destroyForcibly);
      awaitExit(left, grace);
    }
  }

  private static void awaitExit(List<ProcessHandle> processes, Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    for (var process : processes) {
      process
          .onExit()
          .completeOnTimeout(process, Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)
          .join();
    }
  }

  private List<ProcessHandle> alive() {
    return Stream.of(Stream.of(root.toHandle()), root.descendants(), marked())
        .flatMap(processes -> processes)
        .filter(ProcessHandle::isAlive)
        .distinct()
        .toList();
  }

  private Stream<ProcessHandle> marked() {
    try (var entries = Files.list(PROCESSES)) {
      return entries
          .filter(this::isMarked)
          .map(entry -> ProcessHandle.of(Long.parseLong(entry.getFileName().toString())))
          .flatMap(Optional::stream)
          .toList()
          .stream();
    } catch (IOException _) {
      return Stream.empty(); // Not Linux: the descendants are all that can be known.
    }
  }

  private boolean isMarked(Path entry) {
    try {
      return Character.isDigit(entry.getFileName().toString().charAt(0))
          && Files.readString(entry.resolve("environ"), StandardCharsets.ISO_8859_1)
              .contains(VARIABLE + "=" + mark);
    } catch (IOException _) {
      return false; // It has ended, or is another user's.
    }
  }
}
