package dev.warren.operator.broker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A value that is read when somebody asks for it, once in an interval however many ask. May be
/// used by any thread; all wait for the one that reads.
final class Recent<T> {
  private final Supplier<T> reader;
  private final Duration interval;
  private final InstantSource clock;

  /// Guarded by this, as the next.
  private @Nullable T value;

  /// When the value was asked for.
  private Instant readAt = Instant.EPOCH;

  /// @param reader may fail; whoever asks next tries again
  Recent(Supplier<T> reader, Duration interval, InstantSource clock) {
    this.reader = reader;
    this.interval = interval;
    this.clock = clock;
  }

  synchronized T get() {
    var now = clock.instant();
    var known = value;
    var age = Duration.between(readAt, now);
    if (known == null || age.isNegative() || age.compareTo(interval) >= 0) {
      known = reader.get();
      value = known;
      readAt = now;
    }
    return known;
  }
}
