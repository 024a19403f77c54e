package dev.warren.local.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TablesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "119, 119s",
    "120, 2m",
    "125, 2m5s",
    "600, 10m",
    "10799, 179m",
    "10800, 3h",
    "11000, 3h3m",
    "28800, 8h",
    "172799, 47h",
    "172800, 2d",
  })
  void wordsAnAgeAsKubectlDoes(long seconds, String age) {
    var created = Instant.parse("2026-01-01T00:00:00Z");

    assertThat(Tables.age(created.toString(), created.plusSeconds(seconds))).isEqualTo(age);
  }
}
