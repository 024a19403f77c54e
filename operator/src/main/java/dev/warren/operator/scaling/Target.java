package dev.warren.operator.scaling;

import java.time.Duration;

/// What a fleet is to reach.
public sealed interface Target {
  /// So many tasks, waiting and running, for each pod.
  record Backlog(int tasks) implements Target {
    public Backlog {
      if (tasks < 1) {
        throw new IllegalArgumentException("targetBacklog is %d; use 1 or more".formatted(tasks));
      }
    }
  }

  /// No task waits longer than this until it starts.
  record Wait(Duration longest) implements Target {
    public Wait {
      if (!longest.isPositive()) {
        throw new IllegalArgumentException("targetWait is no time at all; use 1ms or more");
      }
    }
  }
}
