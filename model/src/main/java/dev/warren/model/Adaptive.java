package dev.warren.model;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Bounds within which a pod finds its concurrency by itself; the upper one is the {@link
/// Flow#concurrency}.
///
/// @param minConcurrency it never goes below, at least 1
/// @param targetDuration a task that takes longer shows that there are too many at once; longer
///   than 0
public record Adaptive(int minConcurrency, Duration targetDuration) {
  /// The lower bound where none is named.
  public static final int DEFAULT_MIN_CONCURRENCY = 1;

  private static final String TARGET_DURATION = "adaptive.target-duration";

  public Adaptive {
    if (minConcurrency < 1) {
      throw new IllegalArgumentException(
          "adaptive.minConcurrency is %d; use 1 or more".formatted(minConcurrency));
    }
    if (targetDuration.toMillis() < 1) {
      throw new IllegalArgumentException(
          "adaptive.targetDuration is %s; use 1ms or more"
              .formatted(DurationText.format(targetDuration)));
    }
  }

  static Optional<Adaptive> read(Settings settings) {
    return settings
        .optional(TARGET_DURATION)
        .map(
            text ->
                settings.check(
                    new Adaptive(DEFAULT_MIN_CONCURRENCY, Duration.ofSeconds(1)),
                    () ->
                        new Adaptive(
                            settings.integer(
                                "adaptive.min-concurrency",
                                1,
                                Flow.MAX_CONCURRENCY,
                                DEFAULT_MIN_CONCURRENCY),
                            settings.duration(TARGET_DURATION, Duration.ofSeconds(1)))));
  }

  void write(Map<String, String> values) {
    values.put("adaptive.min-concurrency", Integer.toString(minConcurrency));
    values.put(TARGET_DURATION, DurationText.format(targetDuration));
  }
}
