package dev.warren.model;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// How many tasks may start in a time: a bucket that holds `burst` tasks and is refilled evenly.
///
/// @param tasks started in each `per`, 1 to {@link #MAX_TASKS}
/// @param per 1 ms to {@link #MAX_PER}
/// @param burst tasks that may start at once after a pause, 1 to {@link #MAX_TASKS}
/// @param shared whether the bucket is one for the whole fleet, kept in Redis; else it is this
///   pod's own
public record RateLimit(int tasks, Duration per, int burst, boolean shared) {
  /// The most tasks of a limit.
  public static final int MAX_TASKS = 1_000_000;

  /// The longest time of a limit, that of a pod's share in a large fleet included.
  public static final Duration MAX_PER = Duration.ofDays(3_650);

  private static final String TASKS = "rate-limit.tasks";

  /// Whether the bucket is shared, which takes a Secret that a running pod does not have.
  private static final String SHARED = "rate-limit.shared";

  public RateLimit {
    require(tasks >= 1 && tasks <= MAX_TASKS, "tasks", tasks, "use 1 to " + MAX_TASKS);
    require(
        per.toMillis() >= 1 && per.compareTo(MAX_PER) <= 0,
        "per",
        DurationText.format(per),
        "use 1ms to " + DurationText.format(MAX_PER));
    require(burst >= 1 && burst <= MAX_TASKS, "burst", burst, "use 1 to " + MAX_TASKS);
  }

  /// The burst of a limit that names none: the tasks of one second, rounded up, so that the tasks
  /// of a minute or an hour come evenly.
  public static int burstFor(int tasks, Duration per) {
    var perMillis = Math.max(1, per.toMillis());
    var ofASecond = (tasks * 1_000L + perMillis - 1) / perMillis;
    return (int) Math.max(1, Math.min(tasks, ofASecond));
  }

  /// The share of each pod of a fleet. All shares together are the limit, exactly: what does not
  /// divide makes the time longer, 1 task in 3 minutes rather than a third of one in a minute.
  ///
  /// @param pods at least 1
  public RateLimit share(int pods) {
    var divisor = BigInteger.valueOf(tasks).gcd(BigInteger.valueOf(pods)).intValueExact();
    return new RateLimit(
        tasks / divisor, per.multipliedBy(pods / divisor), Math.max(1, burst / pods), shared);
  }

  static Optional<RateLimit> read(Settings settings) {
    return settings
        .optional(TASKS)
        .map(
            text ->
                settings.check(
                    new RateLimit(1, Duration.ofMinutes(1), 1, false), () -> readSet(settings)));
  }

  private static RateLimit readSet(Settings settings) {
    var tasks = settings.integer(TASKS, 1, MAX_TASKS, 1);
    var per = settings.duration("rate-limit.per", Duration.ofMinutes(1));
    var burst = settings.integer("rate-limit.burst", 1, MAX_TASKS, burstFor(tasks, per));
    return new RateLimit(tasks, per, burst, settings.flag(SHARED));
  }

  void writeStart(Map<String, String> values) {
    if (shared) {
      values.put(SHARED, "true");
    }
  }

  void writeLive(Map<String, String> values) {
    values.put(TASKS, Integer.toString(tasks));
    values.put("rate-limit.per", DurationText.format(per));
    values.put("rate-limit.burst", Integer.toString(burst));
  }

  private static void require(boolean holds, String field, Object value, String remedy) {
    if (!holds) {
      throw new IllegalArgumentException("rateLimit.%s is %s; %s".formatted(field, value, remedy));
    }
  }
}
