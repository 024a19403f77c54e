package dev.warren.benchmarks.worker;

import com.rabbitmq.client.Connection;
import dev.warren.benchmarks.worker.contestant.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;

/// A run of Warren's worker that is not measured. At its end the JVM keeps what it has loaded,
/// linked and counted in an AOT cache. That of an image is made without a run (ADR 27).
///
/// @param row how the worker is set up
/// @param connection for its queue
/// @param directory for its configuration, its log and the cache
record Training(Row row, Connection connection, Path directory) {
  private static final int TASKS = 5_000;

  /// Trains a worker.
  ///
  /// @return what starts workers with the cache
  Launcher train(Launcher launcher) throws IOException, InterruptedException, TimeoutException {
    Files.createDirectories(directory);
    var cache = directory.resolve("worker.aot");
    var trainee = launcher.withWorkerJvm("-XX:AOTCacheOutput=" + cache);
    try (var stand =
        Stand.start(row, Contestant.WARREN, Work.NO_OP, true, connection, trainee, directory)) {
      stand.awaitReady();
      stand.feed().fill(TASKS - 1, row.bodyBytes());
      stand.awaitCount(TASKS);
      stand.finish();
    }
    return launcher.withWorkerJvm("-XX:AOTCache=" + cache);
  }
}
