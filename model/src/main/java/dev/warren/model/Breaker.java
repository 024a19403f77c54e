package dev.warren.model;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// When a pod stops fetching because what its handler depends on seems to be down.
///
/// @param failureRate percent of the tasks that fail, at which it stops, 1 to 100
/// @param minTasks the fewest tasks that show a rate, 1 to 10,000
/// @param pause before it probes with a single task, 1 s to {@link #MAX_PAUSE}
public record Breaker(int failureRate, int minTasks, Duration pause) {
  /// The most tasks that may be asked for before a rate counts.
  public static final int MAX_MIN_TASKS = 10_000;

  /// The longest pause.
  public static final Duration MAX_PAUSE = Duration.ofHours(1);

  /// The breaker that names no numbers.
  public static final Breaker DEFAULT = new Breaker(50, 20, Duration.ofSeconds(30));

  private static final String FAILURE_RATE = "circuit-breaker.failure-rate";

  public Breaker {
    require(
        failureRate >= 1 && failureRate <= 100, "failureRate", failureRate, "use 1 to 100 percent");
    require(
        minTasks >= 1 && minTasks <= MAX_MIN_TASKS,
        "minTasks",
        minTasks,
        "use 1 to " + MAX_MIN_TASKS);
    require(
        pause.toSeconds() >= 1 && pause.compareTo(MAX_PAUSE) <= 0,
        "pause",
        DurationText.format(pause),
        "use 1s to " + DurationText.format(MAX_PAUSE));
  }

  static Optional<Breaker> read(Settings settings) {
    return settings
        .optional(FAILURE_RATE)
        .map(
            text ->
                settings.check(
                    DEFAULT,
                    () ->
                        new Breaker(
                            settings.integer(FAILURE_RATE, 1, 100, DEFAULT.failureRate),
                            settings.integer(
                                "circuit-breaker.min-tasks", 1, MAX_MIN_TASKS, DEFAULT.minTasks),
                            settings.duration("circuit-breaker.pause", DEFAULT.pause))));
  }

  void write(Map<String, String> values) {
    values.put(FAILURE_RATE, Integer.toString(failureRate));
    values.put("circuit-breaker.min-tasks", Integer.toString(minTasks));
    values.put("circuit-breaker.pause", DurationText.format(pause));
  }

  private static void require(boolean holds, String field, Object value, String remedy) {
    if (!holds) {
      throw new IllegalArgumentException(
          "circuitBreaker.%s is %s; %s".formatted(field, value, remedy));
    }
  }
}
