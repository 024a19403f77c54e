package dev.warren.local.pods;

import java.time.Duration;

/// How long to wait before the next start. Pure.
///
/// @param delay before the next start
record Backoff(Duration delay) {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration FORGIVEN_AFTER = Duration.ofMinutes(10);

  static final Backoff NONE = new Backoff(Duration.ZERO);

  /// After a run of this length.
  Backoff after(Duration run) {
    if (delay.isZero() || run.compareTo(FORGIVEN_AFTER) >= 0) {
      return new Backoff(Duration.ofSeconds(1));
    }
    var doubled = delay.multipliedBy(2);
    return new Backoff(doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled);
  }
}
