package dev.warren.benchmarks.worker;

import java.util.Map;

/// What one contestant did in one round of a row.
///
/// @param row identifier of the row
/// @param round from 1
/// @param values what was measured
record Measurement(String row, Contestant contestant, int round, Map<Metric, Double> values) {
  Measurement {
    values = Map.copyOf(values);
  }
}
