package dev.warren.worker;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// What becomes of a task after an attempt.
public sealed interface Outcome {
  /// The work is done; the task leaves the queue.
  record Done() implements Outcome {
    private static final Done INSTANCE = new Done();
  }

  /// The attempt failed; the task comes back later, or becomes a dead letter if that was its last
  /// attempt.
  ///
  /// @param after wanted delay instead of the retry plan's, rounded up to one that the plan knows,
  ///   its longest at most
  /// @param reason why, for logs and the task's error headers
  record Retry(Optional<Duration> after, String reason) implements Outcome {
    public Retry {
      requireReason(reason);
      after.ifPresent(Outcome::requireNotNegative);
    }
  }

  /// The time is not right; the task comes back later and no attempt is burned.
  ///
  /// @param delay wanted delay, rounded up to one that the retry plan knows, its longest at most
  record Snooze(Duration delay) implements Outcome {
    public Snooze {
      requireNotNegative(delay);
    }
  }

  /// The task can never succeed; it becomes a dead letter now.
  ///
  /// @param reason why, for logs and the task's error headers
  record Fail(String reason) implements Outcome {
    public Fail {
      requireReason(reason);
    }
  }

  /// The task is not worth doing; it leaves the queue without a trace but the log's.
  ///
  /// @param reason why, for logs
  record Drop(String reason) implements Outcome {
    public Drop {
      requireReason(reason);
    }
  }

  /// The work is done.
  static Outcome done() {
    return Done.INSTANCE;
  }

  /// The attempt failed; try again by the retry plan.
  static Outcome retry() {
    return retry("the handler asked for a retry");
  }

  /// The attempt failed for this reason; try again by the retry plan.
  static Outcome retry(String reason) {
    return new Retry(Optional.empty(), reason);
  }

  /// The attempt failed; try again after this delay, rounded up to one that the retry plan knows.
  static Outcome retryAfter(Duration delay) {
    return new Retry(Optional.of(delay), "the handler asked for a retry");
  }

  /// Not now: come back after this delay, rounded up to one that the retry plan knows, and burn no
  /// attempt.
  static Outcome snooze(Duration delay) {
    return new Snooze(delay);
  }

  /// The task can never succeed, for this reason; make it a dead letter.
  static Outcome fail(String reason) {
    return new Fail(reason);
  }

  /// The task is not worth doing, for this reason; forget it.
  static Outcome drop(String reason) {
    return new Drop(reason);
  }

  // Handlers need not be checked for nulls when they are compiled.
  private static void requireReason(String reason) {
    Objects.requireNonNull(reason, "reason is null; say why");
  }

  private static void requireNotNegative(Duration delay) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException("delay is %s; use zero or more".formatted(delay));
    }
  }
}
