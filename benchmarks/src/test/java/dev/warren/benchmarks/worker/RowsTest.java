package dev.warren.benchmarks.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.warren.benchmarks.worker.contestant.Work;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowsTest {
  private static final List<Row> ALL = new Rows(true).all();

  @Test
  void selectsByNameAndByWhatNamesBeginWith() {
    assertThat(Rows.select(ALL, List.of("tail", "wait")))
        .extracting(Row::id)
        .containsExactly("wait-100", "wait-1000", "tail");
  }

  @Test
  void refusesANameThatStandsForNoRow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rows.select(ALL, List.of("noo")))
        .withMessageStartingWith("there is no row 'noo'; use noop-classic-256, ");
  }

  @Test
  void bareLoopDoesNothingInAnyRow() {
    assertThat(ALL).allMatch(row -> row.workOf(Contestant.BARE).equals(Work.NO_OP));
  }

  @Test
  void givesAllTheSamePrefetchAQuarterAboveTheConcurrency() {
    var row = Rows.select(ALL, List.of("noop-classic-256")).getFirst();

    assertThat(row.concurrency()).isEqualTo(200);
    assertThat(row.prefetch()).isEqualTo(250);
  }

  @Test
  void quickRowsHaveFewerTasks() {
    assertThat(ALL.getFirst().messages()).isLessThan(new Rows(false).all().getFirst().messages());
  }

  @Test
  void warrenAndSpringTunedMeetInEveryRow() {
    assertThat(ALL)
        .allMatch(
            row ->
                row.contestants().containsAll(List.of(Contestant.WARREN, Contestant.SPRING_TUNED)));
  }
}
