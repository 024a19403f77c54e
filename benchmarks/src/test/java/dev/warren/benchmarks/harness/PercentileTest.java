package dev.warren.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PercentileTest {
  @Test
  void ofAHundredValuesTheNinetyNinthIsTheLastButOne() {
    var values = IntStream.rangeClosed(1, 100).mapToObj(Duration::ofMillis).toList().reversed();

    assertThat(Percentile.of(99, values)).isEqualTo(Duration.ofMillis(99));
    assertThat(Percentile.of(50, values)).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  void ofFewValuesTheNinetyNinthIsTheWorst() {
    var values = List.of(Duration.ofMillis(3), Duration.ofMillis(9), Duration.ofMillis(1));

    assertThat(Percentile.of(99, values)).isEqualTo(Duration.ofMillis(9));
    assertThat(Percentile.of(50, values)).isEqualTo(Duration.ofMillis(3));
  }
}
