package dev.warren.worker;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Cancels attempts whose time is up. One scan now and then costs less than a timer for each task,
/// and a platform thread gets its turn even while handlers keep every carrier thread busy.
final class Watchdog {
  private static final Duration SHORTEST_PERIOD = Duration.ofMillis(10);
  private static final Duration LONGEST_PERIOD = Duration.ofSeconds(1);

  private final Collection<Attempt> attempts;
  private final Clock clock;
  private final Duration period;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().daemon().name("watchdog").unstarted(this::run);

  /// @param attempts the running ones; safe to iterate while others change it
  /// @param limit the time that each may take
  Watchdog(Collection<Attempt> attempts, Duration limit, Clock clock) {
    this.attempts = attempts;
    this.clock = clock;
    this.period = period(limit);
  }

  void start() {
    thread.start();
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  void stop() {
    stopped.countDown();
  }

  private void run() {
    try {
      while (!stopped.await(period.toMillis(), TimeUnit.MILLISECONDS)) {
        var now = clock.instant();
        attempts.forEach(attempt -> attempt.cancelIfOverdue(now));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// A twentieth of the limit, so that an attempt is cancelled hardly later than promised.
  private static Duration period(Duration limit) {
    var twentieth = limit.dividedBy(20);
    if (twentieth.compareTo(SHORTEST_PERIOD) < 0) {
      return SHORTEST_PERIOD;
    }
    return twentieth.compareTo(LONGEST_PERIOD) > 0 ? LONGEST_PERIOD : twentieth;
  }
}
