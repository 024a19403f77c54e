package dev.warren.operator.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Between which sizes a fleet moves, and how fast.
///
/// @param min fewest pods, 0 or more
/// @param max most pods, `min` or more, at least 1
/// @param cooldown how long nothing must wait or run before there is no pod
/// @param stabilization how long fewer pods must be enough before there are fewer
/// @param stepUp most pods added in one step
/// @param stepDown most pods taken away in one step
/// @param schedules when there are at least so many
public record Limits(
    int min,
    int max,
    Duration cooldown,
    Duration stabilization,
    int stepUp,
    int stepDown,
    List<Schedule> schedules) {
  /// Of a step that may be as large as it likes.
  public static final int ANY_STEP = Integer.MAX_VALUE;

  public Limits {
    schedules = List.copyOf(schedules);
    if (min < 0 || max < 1) {
      throw new IllegalArgumentException("no limits: %d to %d pods".formatted(min, max));
    }
    if (min > max) {
      throw new IllegalArgumentException(
          "minReplicas %d is above maxReplicas %d; lower the one or raise the other"
              .formatted(min, max));
    }
    if (cooldown.isNegative() || stabilization.isNegative() || stepUp < 1 || stepDown < 1) {
      throw new IllegalArgumentException(
          "no limits: cooldown %s, stabilization %s, steps of %d and %d"
              .formatted(cooldown, stabilization, stepUp, stepDown));
    }
  }

  /// These, moved as fast as they may.
  public static Limits between(int min, int max, Duration cooldown, Duration stabilization) {
    return new Limits(min, max, cooldown, stabilization, ANY_STEP, ANY_STEP, List.of());
  }

  /// The schedule that asks for most pods now, if one asks for more than `min`.
  Optional<Schedule> schedule(Instant now) {
    return schedules.stream()
        .filter(schedule -> schedule.replicas() > min && schedule.holds(now))
        .max(Comparator.comparingInt(Schedule::replicas));
  }

  /// Fewest pods now, never more than `max`.
  int least(Instant now) {
    return Math.min(max, schedule(now).map(Schedule::replicas).orElse(min));
  }
}
