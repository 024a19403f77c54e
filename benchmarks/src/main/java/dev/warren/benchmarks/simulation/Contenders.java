package dev.warren.benchmarks.simulation;

import java.util.List;

/// What a scenario came to under each contender.
record Contenders(Scenario scenario, Outcome warren, Outcome keda, Outcome oracle) {
  static Contenders run(Scenario scenario) {
    var warren = Simulation.run(scenario, new Warren(scenario));
    var keda = Simulation.run(scenario, new Keda(scenario));
    return new Contenders(scenario, warren, keda, Oracle.best(scenario, List.of(warren, keda)));
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
