package dev.warren.benchmarks.worker;

import dev.warren.worker.pod.WorkerMain;
import java.util.Locale;

/// Who empties the queue.
enum Contender {
  /// The least that the client library allows: the limit.
  BARE(BareWorker.class),
  /// A pod of the shared runtime.
  WARREN(WorkerMain.class);

  private final Class<?> mainClass;

  Contender(Class<?> mainClass) {
    this.mainClass = mainClass;
  }

  /// Entry point of its process.
  Class<?> mainClass() {
    return mainClass;
  }

  /// Its name in results.
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
