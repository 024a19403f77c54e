package dev.warren.benchmarks.worker;

import static dev.warren.benchmarks.worker.Contestant.BARE;
import static dev.warren.benchmarks.worker.Contestant.CELERY;
import static dev.warren.benchmarks.worker.Contestant.WARREN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasurementsTest {
  /// Bare 1000, 4000, 2000 a second, Warren 500, 1200, 1600.
  private static final Measurements MEASURED =
      new Measurements(
          List.of(
              rate(BARE, 1, 1_000),
              rate(WARREN, 1, 500),
              rate(WARREN, 2, 1_200),
              rate(BARE, 2, 4_000),
              rate(BARE, 3, 2_000),
              rate(WARREN, 3, 1_600)));

  @Test
  void medianIsTheMiddleOfUnsortedRounds() {
    assertThat(MEASURED.median("row", BARE, Metric.RATE)).hasValue(2_000);
  }

  @Test
  void medianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
    var measured =
        new Measurements(
            List.of(rate(BARE, 1, 8), rate(BARE, 2, 1), rate(BARE, 3, 2), rate(BARE, 4, 4)));

    assertThat(measured.median("row", BARE, Metric.RATE)).hasValue(3);
  }

  @Test
  void ratioIsTheMedianOfTheRoundsAndNotThatOfTheMedians() {
    assertThat(MEASURED.median("row", WARREN, BARE, Metric.RATE, (one, other) -> one / other))
        .hasValue(0.5);
  }

  @Test
  void ratioLeavesRoundsWithoutCounterpartOut() {
    var measured =
        new Measurements(List.of(rate(WARREN, 1, 1), rate(WARREN, 2, 6), rate(BARE, 2, 3)));

    assertThat(measured.median("row", WARREN, BARE, Metric.RATE, (one, other) -> one / other))
        .hasValue(2);
  }

  @Test
  void hasNoMedianOfWhatWasNotMeasured() {
    assertThat(MEASURED.median("row", CELERY, Metric.RATE)).isEmpty();
    assertThat(MEASURED.median("row", BARE, Metric.RSS)).isEmpty();
    assertThat(MEASURED.median("other", BARE, Metric.RATE)).isEmpty();
  }

  @Test
  void rangeGoesFromTheLeastToTheGreatest() {
    assertThat(MEASURED.range("row", WARREN, Metric.RATE)).containsExactly(500.0, 1_600.0);
  }

  @Test
  void namesRowsAndContestantsOfAMetric() {
    assertThat(MEASURED.rows(Metric.RATE)).containsExactly("row");
    assertThat(MEASURED.contestants(Metric.RATE)).containsExactly(BARE, WARREN);
    assertThat(MEASURED.rows(Metric.RSS)).isEmpty();
  }

  private static Measurement rate(Contestant contestant, int round, double rate) {
    return new Measurement("row", contestant, round, Map.of(Metric.RATE, rate));
  }
}
