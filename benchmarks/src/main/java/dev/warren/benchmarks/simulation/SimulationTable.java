package dev.warren.benchmarks.simulation;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A run as Markdown: a line for each scenario and contender. Pure.
final class SimulationTable {
  private static final String HEADING =
      """
      | scenario | contender | within the wait | p99 wait, s | replica-seconds | to oracle's | steps | busy stopped | holding any | run twice |
      |---|---|--:|--:|--:|--:|--:|--:|--:|--:|
      """;

  private SimulationTable() {}

  static String of(List<Contenders> results) {
    return results.stream()
        .map(SimulationTable::lines)
        .collect(Collectors.joining("", HEADING, ""));
  }

  private static String lines(Contenders result) {
    return line(result, "Warren", result.warren())
        + line(result, "KEDA", result.keda())
        + line(result, "oracle", result.oracle());
  }

  private static String line(Contenders result, String contender, Outcome outcome) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.2f %% | %,.1f | %,.0f | %.2f | %d | %d | %d | %d |%n",
        result.scenario().name(),
        contender,
        100 * outcome.within(),
        outcome.p99(),
        outcome.replicaSeconds(),
        outcome.replicaSeconds() / result.oracle().replicaSeconds(),
        outcome.steps(),
        outcome.busyStopped(),
        outcome.holding(),
        outcome.interrupted());
  }
}
