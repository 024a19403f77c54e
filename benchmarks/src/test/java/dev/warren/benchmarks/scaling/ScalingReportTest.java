package dev.warren.benchmarks.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScalingReportTest {
  private static final Strain REST =
      new Strain(
          Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofMillis(250), Duration.ZERO);

  @Test
  void endsWithALineForScripts() {
    assertThat(ScalingReport.line(new Backlogs(delays(200)), REST))
        .isEqualTo(
            "result: size_p50_ms=100 size_p99_ms=198 broker_cores_at_rest=0.500 operator_cores_at_rest=0.025");
  }

  private static List<Duration> delays(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(Duration::ofMillis).toList();
  }
}
