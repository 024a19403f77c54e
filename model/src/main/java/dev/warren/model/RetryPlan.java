package dev.warren.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// When a failed task is tried again: after `initialDelay`, then each time `multiplier` times
/// later, never more than `maxDelay`, until `maxAttempts` attempts have been made.
///
/// @param maxAttempts attempts in all, the first one included; 1 to {@link #MAX_ATTEMPTS}
/// @param initialDelay before the second attempt; 1 ms to {@link #MAX_DELAY}
/// @param multiplier 1 to 10
/// @param maxDelay `initialDelay` to {@link #MAX_DELAY}
/// @param jitter the share by which a delay may be longer, 0 to 0.5 in steps of 0.1 (see {@link
///   DelayLane})
public record RetryPlan(
    int maxAttempts, Duration initialDelay, double multiplier, Duration maxDelay, double jitter) {
  /// The most attempts a plan may have.
  public static final int MAX_ATTEMPTS = 30;

  /// The longest delay: what a broker takes as a queue's TTL (an unsigned 32-bit number of
  /// milliseconds) less the longest lane.
  public static final Duration MAX_DELAY = Duration.ofDays(30);

  /// The plan of a queue that names none.
  public static final RetryPlan DEFAULT =
      new RetryPlan(5, Duration.ofSeconds(1), 2, Duration.ofMinutes(10), 0.2);

  public RetryPlan {
    require(
        maxAttempts >= 1 && maxAttempts <= MAX_ATTEMPTS,
        "maxAttempts",
        maxAttempts,
        "use 1 to " + MAX_ATTEMPTS);
    require(
        initialDelay.toMillis() >= 1 && initialDelay.compareTo(MAX_DELAY) <= 0,
        "initialDelay",
        DurationText.format(initialDelay),
        "use 1ms to " + DurationText.format(MAX_DELAY));
    require(multiplier >= 1 && multiplier <= 10, "multiplier", multiplier, "use 1 to 10");
    require(
        maxDelay.compareTo(initialDelay) >= 0,
        "maxDelay",
        DurationText.format(maxDelay)
            + ", less than initialDelay "
            + DurationText.format(initialDelay),
        "use initialDelay to " + DurationText.format(MAX_DELAY));
    require(
        maxDelay.compareTo(MAX_DELAY) <= 0,
        "maxDelay",
        DurationText.format(maxDelay),
        "use initialDelay to " + DurationText.format(MAX_DELAY));
    require(jitter >= 0 && jitter <= 0.5, "jitter", jitter, "use 0 to 0.5");
  }

  /// The delay after this failed attempt (the first is 1), without jitter; empty when no attempt is
  /// left.
  public Optional<Duration> delayAfter(int attempt) {
    return attempt >= maxAttempts ? Optional.empty() : Optional.of(delay(attempt));
  }

  /// The delay after each attempt but the last, without jitter.
  public List<Duration> schedule() {
    return IntStream.range(1, maxAttempts).mapToObj(this::delay).toList();
  }

  /// Every delay of the plan once, shortest first; never empty, because a task may be snoozed under
  /// any plan.
  public List<Duration> delays() {
    return IntStream.range(1, Math.max(2, maxAttempts)).mapToObj(this::delay).distinct().toList();
  }

  /// The shortest delay of the plan that is not shorter than `wanted`, or its longest one.
  public Duration delayAtLeast(Duration wanted) {
    var delays = delays();
    return delays.stream()
        .filter(delay -> delay.compareTo(wanted) >= 0)
        .findFirst()
        .orElse(delays.get(delays.size() - 1));
  }

  /// How many lanes each delay is spread over.
  public int lanes() {
    return 1 + (int) Math.round(jitter * 10);
  }

  /// All lanes that tasks under this plan may take in a vhost of one namespace.
  public List<DelayLane> delayLanes(QueueType type) {
    return delayLanes(type, Optional.empty());
  }

  /// All lanes that tasks under this plan may take.
  ///
  /// @param namespace whose they are, in a vhost that namespaces share
  public List<DelayLane> delayLanes(QueueType type, Optional<String> namespace) {
    return delays().stream()
        .flatMap(
            delay ->
                IntStream.range(0, lanes())
                    .mapToObj(lane -> new DelayLane(delay, lane, type, namespace)))
        .toList();
  }

  private Duration delay(int attempt) {
    var growth = Math.pow(multiplier, Math.max(1, attempt) - 1);
    var longest = (double) maxDelay.toMillis();
    return Duration.ofMillis((long) Math.min(initialDelay.toMillis() * growth, longest));
  }

  private static void require(boolean holds, String field, Object value, String remedy) {
    if (!holds) {
      throw new IllegalArgumentException("retry.%s is %s; %s".formatted(field, value, remedy));
    }
  }
}
