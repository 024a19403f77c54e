package dev.warren.operator.scaling;

import java.time.Duration;
import java.util.OptionalDouble;

/// How the number of pods is chosen.
public sealed interface ScalingPolicy {
  /// Always the same number.
  ///
  /// @param because why, in words for the status
  record Fixed(int replicas, String because) implements ScalingPolicy {}

  /// As many as the queue needs.
  ///
  /// @param concurrency tasks that a pod runs at once
  /// @param longestTask the longest that a task may take
  /// @param rateLimit tasks that may start in a second in all pods together, if that is limited
  record Automatic(
      Target target, Limits limits, int concurrency, Duration longestTask, OptionalDouble rateLimit)
      implements ScalingPolicy {
    public Automatic {
      if (concurrency < 1 || !longestTask.isPositive() || rateLimit.orElse(1) <= 0) {
        throw new IllegalArgumentException(
            "no scaling policy: %d at once, tasks of up to %s, %s"
                .formatted(concurrency, longestTask, rateLimit));
      }
    }
  }
}
