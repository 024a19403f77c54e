package dev.warren.operator.broker;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A value that is read when somebody asks for it, once in an interval however many ask, and more
/// rarely where a reading takes long. May be used by any thread; all wait for the one that reads.
final class Recent<T> {
  private final Supplier<T> reader;
  private final InstantSource clock;

  /// Guarded by this, as the next.
  private final Rhythm rhythm;

  private @Nullable T value;

  /// @param reader may fail; whoever asks next tries again
  Recent(Supplier<T> reader, Duration interval, InstantSource clock) {
    this.reader = reader;
    this.clock = clock;
    rhythm = new Rhythm(interval, clock);
  }

  synchronized T get() {
    var known = value;
    if (known == null || rhythm.isDue()) {
      var began = clock.instant();
      known = reader.get();
      value = known;
      rhythm.read(began, Duration.between(began, clock.instant()));
    }
    return known;
  }
}
