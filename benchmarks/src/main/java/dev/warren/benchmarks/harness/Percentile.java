package dev.warren.benchmarks.harness;

import java.time.Duration;
import java.util.List;

/// Percentiles by the nearest rank: always a value that was measured. Pure.
public final class Percentile {
  private Percentile() {}

  /// The least of the values that so many percent of them do not exceed.
  ///
  /// @param values at least one
  public static Duration of(int percent, List<Duration> values) {
    var sorted = values.stream().sorted().toList();
    var rank = (int) Math.ceil(sorted.size() * percent / 100.0);
    return sorted.get(Math.max(rank, 1) - 1);
  }
}
