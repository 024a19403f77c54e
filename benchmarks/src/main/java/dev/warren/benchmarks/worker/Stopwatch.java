package dev.warren.benchmarks.worker;

import dev.warren.benchmarks.harness.BenchmarkException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Times a drain from outside, by the number of messages that the queue still has: neither
/// contender does anything for it, and the start of its process does not count.
///
/// The queue holds more than is measured. The clock starts when the surplus is gone, which has made
/// the JVM compile what runs often, and stops when the queue is empty. Not more than the prefetch
/// is unacknowledged at either time, so deliveries and acknowledgements are as many, but for that.
///
/// @param queue what is emptied
/// @param worker who empties it
record Stopwatch(BenchmarkQueue queue, WorkerProcess worker) {
  /// A look costs the broker a fraction of a millisecond, and the result at most two of these.
  private static final Duration INTERVAL = Duration.ofMillis(4);

  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  /// Waits until the queue is empty.
  ///
  /// @param messages how many are left when the clock starts
  /// @throws BenchmarkException if the worker ends or takes too long
  Drain time(Contender contender, int round, int messages)
      throws IOException, InterruptedException {
    var deadline = System.nanoTime() + TIMEOUT.toNanos();
    var counted = awaitRemaining(messages, deadline);
    var start = System.nanoTime();
    awaitRemaining(0, deadline);
    var duration = Duration.ofNanos(System.nanoTime() - start);
    return new Drain(queue.type(), contender, round, counted, duration);
  }

  /// Waits until no more than these are left, and says how many are.
  private int awaitRemaining(int most, long deadline) throws IOException, InterruptedException {
    int remaining = queue.remaining();
    while (remaining > most) {
      worker.requireRunning();
      if (System.nanoTime() - deadline > 0) {
        throw new BenchmarkException(
            "%d messages are left after %s; drain fewer".formatted(remaining, TIMEOUT));
      }
      TimeUnit.NANOSECONDS.sleep(INTERVAL.toNanos());
      remaining = queue.remaining();
    }
    return remaining;
  }
}
