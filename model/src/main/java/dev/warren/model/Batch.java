package dev.warren.model;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// How tasks are gathered for a handler that takes several at once.
///
/// @param size the most tasks of a batch, 1 to 10,000
/// @param maxWait how long the first task of a batch waits for more, 0 to {@link #MAX_WAIT}
public record Batch(int size, Duration maxWait) {
  /// How long a batch that names no time waits for more tasks.
  public static final Duration DEFAULT_MAX_WAIT = Duration.ofMillis(200);

  /// The longest wait: it counts as a part of each task's time.
  public static final Duration MAX_WAIT = Duration.ofMinutes(1);

  private static final String SIZE = "batch.size";

  public Batch {
    if (size < 1 || size > Flow.MAX_CONCURRENCY) {
      throw new IllegalArgumentException(
          "batch.size is %d; use 1 to %d".formatted(size, Flow.MAX_CONCURRENCY));
    }
    if (maxWait.isNegative() || maxWait.compareTo(MAX_WAIT) > 0) {
      throw new IllegalArgumentException(
          "batch.maxWait is %s; use 0s to %s"
              .formatted(DurationText.format(maxWait), DurationText.format(MAX_WAIT)));
    }
  }

  static Optional<Batch> read(Settings settings) {
    return settings
        .optional(SIZE)
        .map(
            text ->
                settings.check(
                    new Batch(1, DEFAULT_MAX_WAIT),
                    () ->
                        new Batch(
                            settings.integer(SIZE, 1, Flow.MAX_CONCURRENCY, 1),
                            settings.duration("batch.max-wait", DEFAULT_MAX_WAIT))));
  }

  void write(Map<String, String> values) {
    values.put(SIZE, Integer.toString(size));
    values.put("batch.max-wait", DurationText.format(maxWait));
  }
}
