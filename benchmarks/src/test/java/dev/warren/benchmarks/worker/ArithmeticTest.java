package dev.warren.benchmarks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ArithmeticTest {
  @Test
  void rateIsTasksPerSecond() {
    assertThat(DrainRow.rate(500, Duration.ofMillis(250))).isEqualTo(2_000);
  }

  @Test
  void costIsSecondsForAThousandTasks() {
    assertThat(DrainRow.perThousand(Duration.ofMillis(400), 20_000)).isEqualTo(0.02);
  }

  @Test
  void percentileIsTheNearestRankInMilliseconds() {
    var latencies = LongStream.rangeClosed(1, 1_000).map(value -> value * 1_000_000).toArray();

    assertThat(LatencyRow.percentile(50, latencies)).isEqualTo(500);
    assertThat(LatencyRow.percentile(99, latencies)).isEqualTo(990);
    assertThat(LatencyRow.percentile(99.9, latencies)).isEqualTo(999);
  }

  @Test
  void percentileOfOneIsThatOne() {
    assertThat(LatencyRow.percentile(99.9, 2_500_000)).isEqualTo(2.5);
  }

  @Test
  void advantageIsAboveOneForWhatIsBetter() {
    assertThat(Metric.RATE.advantage(300, 200)).isEqualTo(1.5);
    assertThat(Metric.P99.advantage(2, 3)).isEqualTo(1.5);
  }

  @Test
  void figuresHaveAsManyDigitsAsSayAnything() {
    assertThat(Metric.RATE.format(38_412.3)).isEqualTo("38,412");
    assertThat(Metric.RSS.format(78.42)).isEqualTo("78.4");
    assertThat(Metric.CPU.format(0.0213)).isEqualTo("0.021");
  }
}
