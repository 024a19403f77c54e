package dev.warren.worker.flow;

import java.util.Locale;

/// A decision of adaptive concurrency, by its reason.
public enum Adaptation {
  /// More tasks at once: all permits were in use, and tasks are fast enough.
  SATURATED("up"),
  /// Fewer: tasks take too long.
  SLOW("down"),
  /// Fewer: memory is short.
  MEMORY("down");

  private final String direction;
  private final String reason = name().toLowerCase(Locale.ROOT);

  Adaptation(String direction) {
    this.direction = direction;
  }

  /// The value of the `direction` label in metrics: `up` or `down`.
  public String direction() {
    return direction;
  }

  /// The value of the `reason` label in metrics.
  public String reason() {
    return reason;
  }
}
