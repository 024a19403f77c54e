package dev.warren.operator.broker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// When something is to be read again: the longer a reading takes, the more rarely, so that
/// readings take a small part of what the broker can do, but often enough for what differs to be
/// found. Used by one thread.
final class Rhythm {
  static final Duration LONGEST = Duration.ofSeconds(15);
  private static final int PAUSE = 5;

  private final Duration interval;
  private final InstantSource clock;
  private Instant due;

  /// Due at once.
  ///
  /// @param interval the shortest between the beginnings of two readings
  Rhythm(Duration interval, InstantSource clock) {
    this.interval = interval;
    this.clock = clock;
    due = clock.instant();
  }

  boolean isDue() {
    return !left().isPositive();
  }

  /// Time until it is due; not longer than a pause can be, should the clock have been set back.
  Duration left() {
    var left = Duration.between(clock.instant(), due);
    return left.compareTo(longest()) > 0 ? Duration.ZERO : left;
  }

  /// Waits for the next turn after a reading that has ended just now.
  ///
  /// @param began when it did
  /// @param burden how long all readings of its kind keep the broker busy
  void read(Instant began, Duration burden) {
    var pause = burden.multipliedBy(PAUSE);
    var rested = clock.instant().plus(pause.compareTo(LONGEST) < 0 ? pause : LONGEST);
    var next = began.plus(interval);
    due = next.isAfter(rested) ? next : rested;
  }

  /// Makes it due.
  void now() {
    due = clock.instant();
  }

  private Duration longest() {
    return interval.compareTo(LONGEST) > 0 ? interval : LONGEST;
  }
}
