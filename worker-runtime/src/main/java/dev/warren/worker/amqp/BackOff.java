package dev.warren.worker.amqp;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next connection: twice as long each time, with jitter, so that the
/// pods of a restarted broker don't all come at once.
final class BackOff {
  private static final Duration SHORTEST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /// A session that lasted this long was a success, and the next failure is a new one.
  private static final Duration STABLE = Duration.ofSeconds(20);

  private final RandomGenerator random;
  private Duration next = SHORTEST;

  BackOff(RandomGenerator random) {
    this.random = random;
  }

  /// The wait after a session that lasted so long, zero if there was none: the planned one or up to
  /// half less.
  Duration after(Duration session) {
    if (session.compareTo(STABLE) >= 0) {
      next = SHORTEST;
    }
    var planned = next;
    var doubled = planned.multipliedBy(2);
    next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return Duration.ofMillis((long) (planned.toMillis() * (0.5 + random.nextDouble() / 2)));
  }
}
