package dev.warren.benchmarks.worker;

import com.rabbitmq.client.Connection;
import dev.warren.benchmarks.harness.BenchmarkException;
import dev.warren.benchmarks.worker.TaskFeed.TaskForm;
import dev.warren.benchmarks.worker.contestant.Assignment;
import dev.warren.benchmarks.worker.contestant.Tally;
import dev.warren.benchmarks.worker.contestant.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A contestant with its queue, and the count of what it has done. For one thread.
///
/// @param feed its queue
/// @param process who empties it
/// @param tally its count
record Stand(TaskFeed feed, ContestantProcess process, Tally tally) implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofMillis(1);
  private static final Duration START_TIMEOUT = Duration.ofMinutes(1);
  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  /// How long it may take to acknowledge the last of what it has done.
  private static final Duration SETTLING = Duration.ofMillis(300);

  /// Starts one, which does not consume yet when this returns.
  ///
  /// @param first whether a task waits for it
  static Stand start(
      Row row,
      Contestant contestant,
      Work work,
      boolean first,
      Connection connection,
      Launcher launcher,
      Path directory)
      throws IOException, InterruptedException, TimeoutException {
    Files.createDirectories(directory);
    var form = contestant == Contestant.CELERY ? TaskForm.CELERY : TaskForm.BYTES;
    var feed = TaskFeed.declare(connection, row.queueType(), form);
    if (first) {
      feed.fill(1, row.bodyBytes());
    }
    var file = directory.resolve("tally");
    Files.deleteIfExists(file);
    var tally = Tally.open(file);
    var assignment =
        new Assignment(
            launcher.broker().uri().toString(),
            feed.name(),
            row.prefetch(),
            row.concurrency(),
            work,
            file);
    return new Stand(feed, launcher.start(contestant, assignment, feed, directory), tally);
  }

  /// Waits until it consumes.
  void awaitReady() throws IOException, InterruptedException {
    feed.awaitConsumers(1, process, START_TIMEOUT);
  }

  /// Waits until so many tasks are done.
  void awaitCount(long tasks) throws InterruptedException {
    var deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (tally.count() < tasks) {
      process.requireRunning();
      if (System.nanoTime() - deadline > 0) {
        throw new BenchmarkException(
            "%s has done %d of %d tasks after %s"
                .formatted(process.contestant().text(), tally.count(), tasks, TIMEOUT));
      }
      TimeUnit.NANOSECONDS.sleep(INTERVAL.toNanos());
    }
  }

  /// Ends it, and makes sure that it has acknowledged all: what it has not comes back. One more
  /// task, confirmed after that, makes sure that a quorum queue has got so far.
  void finish() throws IOException, InterruptedException, TimeoutException {
    TimeUnit.NANOSECONDS.sleep(SETTLING.toNanos());
    process.stop();
    feed.fill(1, Long.BYTES);
    int returned = feed.remaining() - 1;
    if (returned > 0) {
      throw new BenchmarkException(
          "%s has not acknowledged %d tasks".formatted(process.contestant().text(), returned));
    }
  }

  @Override
  public void close() throws IOException, TimeoutException {
    try (feed) {
      process.close();
    }
  }
}
