package dev.warren.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
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
/// @param maxAge a task that was first seen longer ago is not retried or snoozed again, but becomes
///   a dead letter; 1 s to {@link #MAX_AGE}
public record RetryPlan(
    int maxAttempts,
    Duration initialDelay,
    double multiplier,
    Duration maxDelay,
    double jitter,
    Duration maxAge) {
  /// The most attempts a plan may have.
  public static final int MAX_ATTEMPTS = 30;

  /// The longest delay: what a broker takes as a queue's TTL (an unsigned 32-bit number of
  /// milliseconds) less the longest lane.
  public static final Duration MAX_DELAY = Duration.ofDays(30);

  /// The longest age.
  public static final Duration MAX_AGE = Duration.ofDays(3_650);

  private static final Duration DEFAULT_MAX_AGE = Duration.ofDays(7);

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
    require(
        maxAge.toSeconds() >= 1 && maxAge.compareTo(MAX_AGE) <= 0,
        "maxAge",
        DurationText.format(maxAge),
        "use 1s to " + DurationText.format(MAX_AGE));
  }

  /// A plan with the default age: 7 days, or twice what its delays add up to if that is more, so
  /// that every attempt can be made.
  public RetryPlan(
      int maxAttempts, Duration initialDelay, double multiplier, Duration maxDelay, double jitter) {
    this(
        maxAttempts,
        initialDelay,
        multiplier,
        maxDelay,
        jitter,
        ageFor(maxAttempts, initialDelay, multiplier, maxDelay));
  }

  /// The same plan with another age.
  public RetryPlan withMaxAge(Duration age) {
    return new RetryPlan(maxAttempts, initialDelay, multiplier, maxDelay, jitter, age);
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
  public List<DelayLane> delayLanes() {
    return delayLanes(Optional.empty());
  }

  /// All lanes that tasks under this plan may take.
  ///
  /// @param namespace whose they are, in a vhost that namespaces share
  public List<DelayLane> delayLanes(Optional<String> namespace) {
    return delays().stream()
        .flatMap(
            delay ->
                IntStream.range(0, lanes()).mapToObj(lane -> new DelayLane(delay, lane, namespace)))
        .toList();
  }

  static RetryPlan read(Settings settings) {
    return settings.check(DEFAULT, () -> readSet(settings));
  }

  private static RetryPlan readSet(Settings settings) {
    var plan =
        new RetryPlan(
            settings.integer("retry.max-attempts", 1, MAX_ATTEMPTS, DEFAULT.maxAttempts),
            settings.duration("retry.initial-delay", DEFAULT.initialDelay),
            settings.decimal("retry.multiplier", DEFAULT.multiplier),
            settings.duration("retry.max-delay", DEFAULT.maxDelay),
            settings.decimal("retry.jitter", DEFAULT.jitter));
    return plan.withMaxAge(settings.duration("retry.max-age", plan.maxAge));
  }

  void write(Map<String, String> values) {
    values.put("retry.max-attempts", Integer.toString(maxAttempts));
    values.put("retry.initial-delay", DurationText.format(initialDelay));
    values.put("retry.multiplier", Double.toString(multiplier));
    values.put("retry.max-delay", DurationText.format(maxDelay));
    values.put("retry.jitter", Double.toString(jitter));
    values.put("retry.max-age", DurationText.format(maxAge));
  }

  private Duration delay(int attempt) {
    return delay(initialDelay, multiplier, maxDelay, attempt);
  }

  private static Duration delay(
      Duration initialDelay, double multiplier, Duration maxDelay, int attempt) {
    var growth = Math.pow(multiplier, Math.max(1, attempt) - 1);
    var longest = (double) maxDelay.toMillis();
    return Duration.ofMillis((long) Math.min(initialDelay.toMillis() * growth, longest));
  }

  /// Takes values that were not checked yet.
  private static Duration ageFor(
      int maxAttempts, Duration initialDelay, double multiplier, Duration maxDelay) {
    var delays =
        IntStream.range(1, Math.min(maxAttempts, MAX_ATTEMPTS))
            .mapToDouble(attempt -> delay(initialDelay, multiplier, maxDelay, attempt).toMillis())
            .sum();
    var twice = Duration.ofMillis((long) Math.min(2 * delays, (double) MAX_AGE.toMillis()));
    return twice.compareTo(DEFAULT_MAX_AGE) > 0 ? twice : DEFAULT_MAX_AGE;
  }

  private static void require(boolean holds, String field, Object value, String remedy) {
    if (!holds) {
      throw new IllegalArgumentException("retry.%s is %s; %s".formatted(field, value, remedy));
    }
  }
}
