package dev.warren.benchmarks.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final String TEXT =
      """
      # TYPE calls_total counter
      calls_total{verb="GET",path="/{name}"} 3
      calls_total{verb="PUT",path="/a b"} 1.5E3
      calls_total_created 17
      seconds 2.0
      """;

  @Test
  void readsTheSamplesOfOneMetric() {
    var metrics = Metrics.parse(TEXT, "calls_total");

    assertThat(metrics.samples()).hasSize(2);
    assertThat(metrics.sum(sample -> sample.label("verb").equals("PUT"))).isEqualTo(1_500);
    assertThat(metrics.sum(sample -> sample.label("path").equals("/{name}"))).isEqualTo(3);
  }

  @Test
  void readsASampleWithoutLabels() {
    assertThat(Metrics.parse(TEXT, "seconds").sum(_ -> true)).isEqualTo(2);
  }

  @Test
  void hasNoSamplesOfAMetricThatIsNotThere() {
    assertThat(Metrics.parse(TEXT, "calls").samples()).isEmpty();
  }
}
