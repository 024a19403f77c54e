package dev.warren.benchmarks.simulation;

import java.util.List;
import java.util.Locale;

/// The last line of a run, for scripts.
///
/// @param withinWait the least share of tasks that start in time, of the scenarios in which the
///   oracle reaches 99 %
/// @param costToOracle the most replica-seconds to the oracle's, of the steady and daily loads
/// @param stepsToKeda the steps of all scenarios to KEDA's
/// @param busyStopped in all scenarios
record SimulationLine(double withinWait, double costToOracle, double stepsToKeda, int busyStopped) {
  static SimulationLine of(List<Contenders> results) {
    return new SimulationLine(
        results.stream()
            .filter(Contenders::possible)
            .mapToDouble(result -> result.warren().within())
            .min()
            .orElse(Double.NaN),
        results.stream()
            .filter(result -> result.scenario().measured())
            .mapToDouble(Contenders::cost)
            .max()
            .orElse(Double.NaN),
        (double) results.stream().mapToInt(result -> result.warren().steps()).sum()
            / results.stream().mapToInt(result -> result.keda().steps()).sum(),
        results.stream().mapToInt(result -> result.warren().busyStopped()).sum());
  }

  /// The line. A share is cut, not rounded, so that it never says more than was reached.
  String text() {
    return String.format(
        Locale.ROOT,
        "result: within_wait=%.4f replica_seconds_vs_oracle=%.3f steps_vs_keda=%.3f busy_stopped=%d",
        Math.floor(withinWait * 10_000) / 10_000,
        costToOracle,
        stepsToKeda,
        busyStopped);
  }
}
