package dev.warren.benchmarks.worker;

import static dev.warren.benchmarks.worker.Contestant.BARE;
import static dev.warren.benchmarks.worker.Contestant.SINGLE;
import static dev.warren.benchmarks.worker.Contestant.SPRING_TUNED;
import static dev.warren.benchmarks.worker.Contestant.WARREN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultLineTest {
  private final List<Measurement> measured = new ArrayList<>();

  @Test
  void takesTheWorstOfTheRowsOfTasksThatDoNothing() {
    measure("noop-classic-256", BARE, Map.of(Metric.RATE, 40_000.0, Metric.CPU, 0.02));
    measure("noop-classic-256", WARREN, Map.of(Metric.RATE, 38_000.0, Metric.CPU, 0.03));
    measure("noop-quorum-256", BARE, Map.of(Metric.RATE, 50_000.0, Metric.CPU, 0.02));
    measure("noop-quorum-256", WARREN, Map.of(Metric.RATE, 40_000.0, Metric.CPU, 0.024));

    var line = line();

    assertThat(line.noopRatio()).hasValue(0.8);
    assertThat(line.cpuRatio().orElseThrow()).isCloseTo(1.5, within(1e-9));
  }

  @Test
  void comparesTheTailWithSingleAcknowledgements() {
    measure("tail", SINGLE, Map.of(Metric.RATE, 10_000.0));
    measure("tail", WARREN, Map.of(Metric.RATE, 9_500.0));

    assertThat(line().tailRatio()).hasValue(0.95);
  }

  @Test
  void idealOfWaitingTasksIsWhatTheBareLoopDrains() {
    measure("wait-1000", BARE, Map.of(Metric.RATE, 40_000.0));
    measure("wait-1000", WARREN, Map.of(Metric.RATE, 30_000.0));

    assertThat(line().wait1000Ratio()).hasValue(0.75);
  }

  @Test
  void idealOfWaitingTasksIsTheirConcurrencyWhereTheBareLoopIsFaster() {
    measure("wait-1000", BARE, Map.of(Metric.RATE, 200_000.0));
    measure("wait-1000", WARREN, Map.of(Metric.RATE, 90_000.0));

    assertThat(line().wait1000Ratio()).hasValue(0.9);
  }

  @Test
  void namesTheFigureInWhichSpringComesClosest() {
    measure("cpu", SPRING_TUNED, Map.of(Metric.RATE, 300.0));
    measure("cpu", WARREN, Map.of(Metric.RATE, 390.0));
    measure("latency-50", SPRING_TUNED, Map.of(Metric.P99, 3.0));
    measure("latency-50", WARREN, Map.of(Metric.P99, 2.5));

    assertThat(line().spring()).contains(new ResultLine.Advantage("latency-50", Metric.P99, 1.2));
  }

  @Test
  void writesALineForScripts() {
    measure("tail", SINGLE, Map.of(Metric.RATE, 10_000.0));
    measure("tail", WARREN, Map.of(Metric.RATE, 9_500.0));
    measure("footprint", WARREN, Map.of(Metric.RSS, 78.4, Metric.FIRST_TASK, 412.7));

    assertThat(line().text())
        .isEqualTo(
            "result: noop_ratio=- cpu_ratio=- tail_ratio=0.95 wait1000_ratio=- spring_ratio=-"
                + " rss_mib=78 first_task_ms=413");
  }

  private void measure(String row, Contestant contestant, Map<Metric, Double> values) {
    measured.add(new Measurement(row, contestant, 1, values));
  }

  private ResultLine line() {
    return ResultLine.of(new Measurements(measured));
  }
}
