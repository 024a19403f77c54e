package dev.warren.benchmarks.simulation;

import java.util.List;

/// What a scenario came to under each contender.
///
/// @param work replica-seconds below which no plan can be
record Contenders(Scenario scenario, double work, Outcome warren, Outcome keda, Outcome oracle) {
  static Contenders run(Scenario scenario) {
    var warren = Simulation.run(scenario, new Warren(scenario));
    var keda = Simulation.run(scenario, new Keda(scenario));
    return new Contenders(
        scenario,
        Oracle.work(scenario),
        warren,
        keda,
        Oracle.best(scenario, List.of(warren, keda)));
  }

  /// The same without the tasks, of which there may be millions.
  Contenders withoutTasks() {
    return new Contenders(scenario.with(Workload.none()), work, warren, keda, oracle);
  }

  /// Whether the wait can be kept at all.
  boolean possible() {
    return oracle.within() >= Oracle.GOAL;
  }

  /// Warren's cost to the oracle's.
  double cost() {
    return warren.replicaSeconds() / oracle.replicaSeconds();
  }
}
