package dev.warren.worker;

import java.util.Locale;

/// How a delivery ended, as logs and metrics name it.
public enum TaskStatus {
  /// The work is done.
  DONE,
  /// The attempt failed and another will follow.
  RETRY,
  /// Put off, with no attempt burned.
  SNOOZE,
  /// The task is a dead letter.
  FAIL,
  /// Forgotten at the handler's wish.
  DROP,
  /// Given back to the queue as it was, or left to the broker to deliver again.
  RETURNED;

  private final String label = name().toLowerCase(Locale.ROOT);

  /// The value of the `status` key in logs and of the `outcome` label in metrics.
  public String label() {
    return label;
  }
}
