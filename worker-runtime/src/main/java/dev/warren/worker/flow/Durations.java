package dev.warren.worker.flow;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/// Adds up how long handlers took since the last look. Any thread adds, one takes.
final class Durations {
  private final LongAdder count = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  void add(Duration took) {
    count.increment();
    nanos.add(took.toNanos());
  }

  /// Makes a sample of what was added.
  AdaptiveLimit.Sample take(boolean saturated, double memory) {
    long tasks = count.sumThenReset();
    long sum = nanos.sumThenReset();
    var mean = Duration.ofNanos(tasks == 0 ? 0 : sum / tasks);
    return new AdaptiveLimit.Sample(tasks, mean, saturated, memory);
  }
}
