package dev.warren.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkerCountsTest {
  @Test
  void addsUpWhatEndedWellAndWhatIsTriedAgain() {
    var counts =
        WorkerCounts.read(
            """
            # TYPE tasks_processed_total counter
            tasks_processed_total{outcome="done",queue="a"} 1.5E3
            tasks_processed_total{outcome="drop",queue="a"} 2.0
            tasks_processed_total{outcome="retry",queue="a"} 7.0
            tasks_processed_total{outcome="fail",queue="a"} 4.0
            # TYPE task_retries_total counter
            task_retries_total{queue="a"} 7.0
            task_retries_total{queue="b"} 1.0
            """);

    assertThat(counts).isEqualTo(new WorkerCounts.Counts(1_502, 8));
  }

  @Test
  void countsNothingWhereNothingIs() {
    assertThat(WorkerCounts.read("")).isEqualTo(new WorkerCounts.Counts(0, 0));
  }
}
