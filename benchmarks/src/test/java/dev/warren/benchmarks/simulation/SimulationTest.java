package dev.warren.benchmarks.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.warren.benchmarks.simulation.Scenario.Range;
import dev.warren.benchmarks.simulation.Scenario.Signal;
import dev.warren.benchmarks.simulation.Workload.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {
  /// Always as many pods.
  private record Fixed(int pods, boolean sparesBusy, double grace) implements Controller {
    @Override
    public double period() {
      return 1;
    }

    @Override
    public int wanted(View view) {
      return view.now() < 60 ? pods : pods / 2;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"step", "ramp", "batches", "few", "20-minutes", "blind", "zeros"})
  void everyTaskIsDoneOnce(String name) {
    var scenario = scenario(name);

    for (var controller : new Controller[] {new Warren(scenario), new Keda(scenario)}) {
      var outcome = Simulation.run(scenario, controller);
      assertThat(outcome.done()).isEqualTo(outcome.tasks());
    }
  }

  @Test
  void paysForEachPodFromItsCreationToItsEnd() {
    // Four pods for a minute, two for another; nothing to do.
    var idle = scenario(Workload.none(), 120);

    assertThat(Simulation.run(idle, new Fixed(4, true, 30)).replicaSeconds())
        .isCloseTo(360, within(1e-9));
  }

  @Test
  void aTaskWaitsUntilAPodFetches() {
    var one = scenario(new Workload(new double[] {1}, new double[] {5}), 120);

    assertThat(Simulation.run(one, new Fixed(2, true, 30)).p99()).isCloseTo(9, within(1e-9));
  }

  @Test
  void runsATaskAgainWhosePodWasStopped() {
    // Both pods are busy; the younger is stopped after a minute, and its grace is over 30 s later.
    var busy = scenario(new Workload(new double[] {0, 0}, new double[] {200, 200}), 500);

    var outcome = Simulation.run(busy, new Fixed(2, false, 30));

    assertThat(outcome.busyStopped()).isEqualTo(1);
    assertThat(outcome.interrupted()).isEqualTo(1);
    assertThat(outcome.done()).isEqualTo(2);
  }

  @Test
  void stopsIdlePodsFirstWhereTheyAreSpared() {
    var half = scenario(new Workload(new double[] {0}, new double[] {200}), 500);

    assertThat(Simulation.run(half, new Fixed(2, true, 30)).busyStopped()).isZero();
  }

  @Test
  void isTheSameForTheSameSeed() {
    var one = Simulation.run(scenario("step"), new Warren(scenario("step")));
    var other = Simulation.run(scenario("step"), new Warren(scenario("step")));

    assertThat(one).isEqualTo(other);
  }

  @ParameterizedTest
  @ValueSource(strings = {"step", "ramp", "batches", "few", "20-minutes"})
  void nobodyIsCheaperThanTheOracle(String name) {
    var result = Contenders.run(scenario(name));

    assertThat(result.possible()).isTrue();
    assertThat(result.oracle().replicaSeconds())
        .isGreaterThanOrEqualTo(result.work())
        .isLessThanOrEqualTo(result.warren().replicaSeconds());
  }

  @Test
  void warrenStopsNoBusyPodAndMeetsTheWait() {
    for (var name : new String[] {"step", "ramp", "20-minutes", "zeros", "blind"}) {
      var scenario = scenario(name);
      var outcome = Simulation.run(scenario, new Warren(scenario));

      assertThat(outcome.busyStopped()).as(name).isZero();
      assertThat(outcome.interrupted()).as(name).isZero();
      assertThat(outcome.within()).as(name).isGreaterThan(0.99);
    }
  }

  @Test
  void theStringIsTautBetweenItsCurves() {
    var lower = new double[] {0, 0, 0, 6, 6, 6};
    var upper = new double[] {0, 2, 6, 6, 6, 6};

    // Nothing is due before 6 are, and 2 a piece is even.
    assertThat(TautString.between(lower, upper)).containsExactly(0, 2, 4, 6, 6, 6);
  }

  @Test
  void burstsComeAtOnce() {
    var load = Workload.none().withBursts(1, 3, Service.between(1, 2), 10, 20);

    assertThat(load.arrivals()).containsExactly(10, 10, 10, 20, 20, 20);
    assertThat(load.meanService()).isBetween(1.0, 2.0);
  }

  private static Scenario scenario(String name) {
    return Scenarios.of(name, 1);
  }

  /// Pods that run one task and take 10 s to start.
  private static Scenario scenario(Workload load, double end) {
    return new Scenario("test", load, end, 60, 1, 10, new Range(10, 10), Signal.GOOD, false);
  }
}
