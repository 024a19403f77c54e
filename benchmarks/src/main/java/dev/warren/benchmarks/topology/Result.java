package dev.warren.benchmarks.topology;

import dev.warren.benchmarks.harness.Percentile;
import java.util.Locale;

/// What a run comes to.
record Result(Baseline baseline, Work work, Restarted restarted) {
  /// The rate at which TaskQueues became ready as a share of that of bare declares.
  double declareRatio() {
    return work.application().rate() / baseline.rate();
  }

  /// The largest resident set that either operator ever had, in MiB: what a limit must allow.
  long rss() {
    return Math.max(work.memory().peak(), restarted.memory().peak());
  }

  /// The last line of a run, for scripts.
  String line() {
    return String.format(
        Locale.ROOT,
        "result: ready_per_s=%.1f restart_s=%.1f change_p99_ms=%d rss_mib=%d writes_at_rest=%d"
            + " declare_ratio=%.2f",
        work.application().rate(),
        restarted.restart().settled().toMillis() / 1e3,
        Percentile.of(99, work.changes().durations()).toMillis(),
        rss(),
        work.rest().calls().writes(),
        declareRatio());
  }
}
