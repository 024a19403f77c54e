package dev.warren.worker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Cancels attempts whose time is up, and after a grace reports those that go on all the same. One
/// scan now and then costs less than a timer for each task, and a platform thread gets its turn
/// even while handlers keep every carrier thread busy.
final class Watchdog {
  private static final Duration SHORTEST_PERIOD = Duration.ofMillis(10);
  private static final Duration LONGEST_PERIOD = Duration.ofSeconds(1);

  private final Collection<Attempt> attempts;
  private final Clock clock;
  private final Duration grace;
  private final Consumer<Attempt> hung;
  private final Duration period;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().daemon().name("watchdog").unstarted(this::run);

  /// @param attempts the running ones; safe to iterate while others change it
  /// @param limit the time that each may take
  /// @param grace how long a cancelled one may take to end
  /// @param hung told of one that takes longer, again and again
  Watchdog(
      Collection<Attempt> attempts,
      Duration limit,
      Duration grace,
      Consumer<Attempt> hung,
      Clock clock) {
    this.attempts = attempts;
    this.clock = clock;
    this.grace = grace;
    this.hung = hung;
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
        attempts.forEach(attempt -> watch(attempt, now));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch(Attempt attempt, Instant now) {
    attempt.cancelIfOverdue(now);
    if (attempt.isHung(now, grace)) {
      hung.accept(attempt);
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
