package dev.warren.operator.scaling;

import java.time.Duration;

/// How the number of pods is chosen.
public sealed interface ScalingPolicy {
  /// Always the same number.
  ///
  /// @param because why, in words for the status
  record Fixed(int replicas, String because) implements ScalingPolicy {}

  /// As many as the backlog needs.
  ///
  /// @param min fewest pods, 0 or more
  /// @param max most pods, `min` or more
  /// @param targetBacklog tasks, waiting and running, for each pod
  /// @param cooldown how long fewer pods must be enough before there are fewer
  record ByBacklog(int min, int max, int targetBacklog, Duration cooldown)
      implements ScalingPolicy {
    public ByBacklog {
      if (min < 0 || max < Math.max(1, min) || targetBacklog < 1 || cooldown.isNegative()) {
        throw new IllegalArgumentException(
            "no scaling policy: %d to %d pods, %d tasks each".formatted(min, max, targetBacklog));
      }
    }
  }
}
