package dev.warren.operator.scaling;

import java.time.Duration;
import java.util.Optional;

/// The pods of a fleet, those that are being stopped left aside.
///
/// @param wanted how many are wanted so far
/// @param ready how many fetch tasks
/// @param starting how many exist and do not yet
/// @param failing how many of those that start say that they can't
/// @param held what they hold, if that is known
/// @param startUp how long a pod takes until it fetches, if one was seen to
public record PodCounts(
    int wanted,
    int ready,
    int starting,
    int failing,
    Optional<Held> held,
    Optional<Duration> startUp) {
  public PodCounts {
    if (wanted < 0 || ready < 0 || starting < 0 || failing < 0 || failing > starting) {
      throw new IllegalArgumentException(
          "no pods: %d wanted, %d ready, %d starting, %d of them failing"
              .formatted(wanted, ready, starting, failing));
    }
  }

  /// Pods of which all are well.
  public static PodCounts of(int wanted, int ready, int starting) {
    return new PodCounts(wanted, ready, starting, 0, Optional.empty(), Optional.empty());
  }
}
