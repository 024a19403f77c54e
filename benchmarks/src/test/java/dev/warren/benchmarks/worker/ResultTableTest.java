package dev.warren.benchmarks.worker;

import static dev.warren.benchmarks.worker.Contestant.SPRING_TUNED;
import static dev.warren.benchmarks.worker.Contestant.WARREN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  private static final Measurements MEASURED =
      new Measurements(
          List.of(
              new Measurement("cpu", WARREN, 1, Map.of(Metric.RATE, 390.0)),
              new Measurement("cpu", WARREN, 2, Map.of(Metric.RATE, 410.0)),
              new Measurement("cpu", SPRING_TUNED, 1, Map.of(Metric.RATE, 300.0)),
              new Measurement("tail", WARREN, 1, Map.of(Metric.RATE, 9_000.0))));

  @Test
  void hasALineForEachRowAndAColumnForEachContestant() {
    var table = new ResultTable(MEASURED, ResultLine.of(MEASURED)).markdown();

    assertThat(table)
        .isEqualTo(
            """
            | tasks per second | warren | spring-tuned |
            |---|--:|--:|
            | cpu | 400 (390–410) | 300 (300–300) |
            | tail | 9,000 (9,000–9,000) |  |

            Beside Spring AMQP tuned, Warren is weakest in cpu, tasks per second: 1.30.
            """);
  }

  @Test
  void drawsABarForEachRate() {
    var picture = Picture.of(MEASURED);

    assertThat(picture)
        .startsWith("<svg ")
        .contains("cpu, tasks per second", "width=\"420.0\"", "width=\"315.0\"", ">9,000</text>");
  }
}
