package dev.warren.benchmarks.worker;

import static dev.warren.model.QueueType.CLASSIC;
import static dev.warren.model.QueueType.QUORUM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  /// Of each kind of queue: bare 1000, 2000, 4000 per second, Warren 500, 1600, 1200.
  private static final List<Drain> DRAINS =
      List.of(
          drain(Contender.BARE, 0, 9_000),
          drain(Contender.WARREN, 0, 1),
          drain(Contender.BARE, 1, 1_000),
          drain(Contender.WARREN, 1, 500),
          drain(Contender.BARE, 2, 2_000),
          drain(Contender.WARREN, 2, 1_600),
          drain(Contender.BARE, 3, 4_000),
          drain(Contender.WARREN, 3, 1_200));

  @Test
  void medianIsTheMiddleOfUnsortedValues() {
    assertThat(Comparison.median(9, 1, 5)).isEqualTo(5);
  }

  @Test
  void medianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
    assertThat(Comparison.median(8, 1, 2, 4)).isEqualTo(3);
  }

  @Test
  void comparesMedianRatesWithoutTheWarmUp() {
    var comparison = Comparison.of(CLASSIC, DRAINS);

    assertThat(comparison.bareRate()).isEqualTo(2_000);
    assertThat(comparison.warrenRate()).isEqualTo(1_200);
  }

  @Test
  void ratioIsTheMedianOfTheRoundsAndNotThatOfTheMedians() {
    var comparison = Comparison.of(CLASSIC, DRAINS);

    assertThat(comparison.ratios()).containsExactly(0.3, 0.5, 0.8);
    assertThat(comparison.ratio()).isEqualTo(0.5);
  }

  @Test
  void rowShowsRatesRatioAndItsRange() {
    var row = Comparison.of(CLASSIC, DRAINS).row();

    assertThat(row.split(" +"))
        .containsExactly("classic", "2000", "1200", "0.50", "0.30", "to", "0.80");
  }

  @Test
  void refusesRoundsWithoutACounterpart() {
    var incomplete = new ArrayList<>(DRAINS);
    incomplete.removeLast();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Comparison.of(CLASSIC, incomplete))
        .withMessageContaining("3 rounds of the bare client and 2 of Warren");
  }

  @Test
  void leavesOtherKindsOfQueuesOut() {
    assertThatIllegalArgumentException().isThrownBy(() -> Comparison.of(QUORUM, DRAINS));
  }

  @Test
  void resultLineNamesTheRatioOfEachKind() {
    var comparisons =
        List.of(
            new Comparison(CLASSIC, 2_000, 1_000, List.of(0.5)),
            new Comparison(QUORUM, 2_000, 1_700, List.of(0.849)));

    assertThat(Comparison.result(comparisons))
        .isEqualTo("result: classic_ratio=0.50 quorum_ratio=0.85");
  }

  private static Drain drain(Contender contender, int round, long messages) {
    return new Drain(CLASSIC, contender, round, messages, Duration.ofSeconds(1));
  }
}
