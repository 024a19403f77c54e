package dev.warren.examples.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeteringTest {
  @Test
  void reportsForBothTenantsByTurns() {
    assertThat(IntStream.range(0, 4).mapToObj(number -> Metering.usage(number).tenant()))
        .containsExactly("acme", "globex", "acme", "globex");
  }

  @Test
  void isWrongInOneEventOf999OfEitherTenant() {
    assertThat(
            IntStream.range(0, 3_000).filter(number -> Metering.usage(number).units() < 1).boxed())
        .containsExactly(998, 1_997, 2_996);
  }
}
