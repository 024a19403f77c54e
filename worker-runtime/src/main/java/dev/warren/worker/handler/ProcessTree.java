package dev.warren.worker.handler;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A process and everything that it has started.
///
/// @param root the process
record ProcessTree(Process root) {
  /// Asks every process to end, and kills those that have not ended in time. Called by the thread
  /// of an interrupted task, and does not look at the interrupt.
  void end(Duration grace) {
    var processes = all();
    processes.forEach(ProcessHandle::destroy);
    long end = System.nanoTime() + grace.toNanos();
    for (var process : processes) {
      process
          .onExit()
          .completeOnTimeout(process, Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)
          .join();
    }
    Stream.concat(processes.stream(), all().stream()).forEach(ProcessHandle::destroyForcibly);
  }

  /// Taken before the first one ends: afterwards its children have another parent.
  private List<ProcessHandle> all() {
    return Stream.concat(root.descendants(), Stream.of(root.toHandle())).toList();
  }
}
