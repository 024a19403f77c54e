package dev.warren.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before connecting again: not at all at first, then twice as long each time up
/// to a limit, each spread by a random half so that a broker's clients do not come back together.
///
/// @param first the wait after the second failure in a row
/// @param longest the limit
record BackOff(Duration first, Duration longest) {
  static final BackOff DEFAULT = new BackOff(Duration.ofMillis(100), Duration.ofSeconds(5));

  private static final int MAX_DOUBLINGS = 20;

  /// The wait after this many failures in a row, the first of which is 1.
  Duration delay(int failures, RandomGenerator random) {
    if (failures <= 1) {
      return Duration.ZERO;
    }
    var grown = first.multipliedBy(1L << Math.min(failures - 2, MAX_DOUBLINGS));
    var limited = grown.compareTo(longest) > 0 ? longest : grown;
    return limited.dividedBy(2).plusMillis(random.nextLong(limited.toMillis() / 2 + 1));
  }
}
