package dev.warren.benchmarks.worker;

import java.util.Locale;

/// What a round measures.
enum Metric {
  RATE("tasks per second", true),
  CPU("CPU seconds of the consumer per 1,000 tasks", false),
  P50("latency from the scheduled time, p50, ms", false),
  P99("latency from the scheduled time, p99, ms", false),
  P999("latency from the scheduled time, p99.9, ms", false),
  FIRST_TASK("start of the process to the end of its first task, ms", false),
  RSS("resident memory at rest, MiB", false),
  RSS_IN_FLIGHT("resident memory with 10,000 tasks in flight, MiB", false);

  private final String title;
  private final boolean moreIsBetter;

  Metric(String title, boolean moreIsBetter) {
    this.title = title;
    this.moreIsBetter = moreIsBetter;
  }

  /// What it is, with its unit.
  String title() {
    return title;
  }

  /// How much better a figure is than another: above 1 if it is better.
  double advantage(double figure, double other) {
    return moreIsBetter ? figure / other : other / figure;
  }

  /// Its name in raw results.
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// A figure as people read it.
  String format(double figure) {
    return String.format(
        Locale.ROOT, figure >= 100 ? "%,.0f" : figure >= 1 ? "%.1f" : "%.3f", figure);
  }
}
