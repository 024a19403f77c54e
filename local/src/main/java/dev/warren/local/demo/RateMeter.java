package dev.warren.local.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Measures the rate from what is seen of the tasks as they go. For one thread.
final class RateMeter {
  private record Sample(Instant time, long done) {}

  private @Nullable Instant start;
  private @Nullable Sample first;
  private @Nullable Sample last;

  /// The first task is being published.
  void start(Instant now) {
    if (start == null) {
      start = now;
    }
  }

  /// So many are done by now.
  void done(long done, Instant now) {
    if (done > 0 && first == null) {
      first = new Sample(now, done);
    }
    if (done > 0 && (last == null || done > last.done())) {
      last = new Sample(now, done);
    }
  }

  /// @param done how many were done in all
  /// @param firstMillis when the first was published, if the example knows it; epoch milliseconds
  /// @param lastMillis when the last one was done, likewise
  Rate rate(long done, OptionalLong firstMillis, OptionalLong lastMillis) {
    if (start == null) {
      return new Rate(0, 0);
    }
    var from = instant(firstMillis).orElse(start);
    var running =
        first == null || last == null
            ? 0
            : perSecond(last.done() - first.done(), first.time(), last.time());
    var seen = Optional.ofNullable(last).map(Sample::time);
    return instant(lastMillis)
        .or(() -> seen)
        .map(to -> new Rate(perSecond(done, from, to), lastMillis.isPresent() ? 0 : running))
        .orElse(new Rate(0, 0));
  }

  private static Optional<Instant> instant(OptionalLong millis) {
    return millis.isPresent()
        ? Optional.of(Instant.ofEpochMilli(millis.getAsLong()))
        : Optional.empty();
  }

  private static double perSecond(long tasks, Instant from, Instant to) {
    var time = Duration.between(from, to).toMillis();
    return time <= 0 ? 0 : 1000.0 * tasks / time;
  }
}
