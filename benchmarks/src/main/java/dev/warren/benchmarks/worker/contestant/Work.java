package dev.warren.benchmarks.worker.contestant;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;

/// What each task does. Its text is read by the peers in Python too.
///
/// @param pause how long a task sleeps; zero for one that does not
/// @param pauseEvery 1 for a sleep in each task, 100 for one in each hundredth
/// @param steps how many steps a task computes; {@link #stepsIn} says how many a time is
/// @param failEvery 20 for a failure of the first attempt of each twentieth; 0 for none
public record Work(Duration pause, int pauseEvery, long steps, int failEvery) {
  /// Nothing.
  public static final Work NO_OP = new Work(Duration.ZERO, 1, 0, 0);

  private static final int PARTS = 4;
  private static final long SAMPLE_STEPS = 20_000_000;

  /// Sleeps in every so many tasks.
  public static Work pausing(Duration pause, int every) {
    return new Work(pause, every, 0, 0);
  }

  /// Computes in every task.
  public static Work computing(long steps) {
    return new Work(Duration.ZERO, 1, steps, 0);
  }

  /// Fails once in every so many tasks.
  public static Work failing(int every) {
    return new Work(Duration.ZERO, 1, 0, every);
  }

  /// Reads what {@link #text} wrote.
  public static Work parse(String text) {
    var parts = Arrays.stream(text.split(":", PARTS)).mapToLong(Long::parseLong).toArray();
    return new Work(Duration.ofMillis(parts[0]), (int) parts[1], parts[2], (int) parts[3]);
  }

  /// `<milliseconds of the pause>:<pauseEvery>:<steps>:<failEvery>`.
  public String text() {
    return "%d:%d:%d:%d".formatted(pause.toMillis(), pauseEvery, steps, failEvery);
  }

  /// Whether a task keeps its thread.
  boolean takesTime() {
    return pause.isPositive() || steps > 0;
  }

  /// Does it.
  ///
  /// @param task number of the task
  /// @param first whether this is its first attempt
  /// @return whether the task is done
  public boolean run(long task, boolean first) throws InterruptedException {
    if (pause.isPositive() && task % pauseEvery == 0) {
      Thread.sleep(pause);
    }
    if (steps > 0) {
      requireComputed(steps);
    }
    return failEvery == 0 || !first || task % failEvery != 0;
  }

  /// How many steps a core of this machine computes in a time of its own, at its best of five.
  /// Called by a platform thread.
  public static long stepsIn(Duration time) {
    var threads = ManagementFactory.getThreadMXBean();
    long fastest = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long start = threads.getCurrentThreadCpuTime();
      requireComputed(SAMPLE_STEPS);
      fastest = Math.min(fastest, threads.getCurrentThreadCpuTime() - start);
    }
    return Math.max(1, SAMPLE_STEPS * time.toNanos() / fastest);
  }

  /// Looks at the result, which keeps it from being optimised away.
  private static void requireComputed(long steps) {
    if (compute(steps) == 0) {
      throw new IllegalStateException("xorshift came to zero, which it never does");
    }
  }

  private static long compute(long steps) {
    long state = steps;
    for (long i = 0; i < steps; i++) {
      state ^= state << 13;
      state ^= state >>> 7;
      state ^= state << 17;
    }
    return state;
  }
}
