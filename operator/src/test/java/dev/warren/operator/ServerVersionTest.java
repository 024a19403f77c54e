package dev.warren.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerVersionTest {
  @ParameterizedTest
  @CsvSource({
    "1, 36, true",
    "1, 35+, true",
    "2, 0, true",
    "1, 34, false",
    "1, 9, false",
    "'', '', false",
  })
  void saysWhetherAutoscalersCanBeExact(String major, String minor, boolean exact) {
    assertThat(ServerVersion.of(major, minor).isAtLeast(ServerVersion.EXACT_AUTOSCALERS))
        .isEqualTo(exact);
  }
}
