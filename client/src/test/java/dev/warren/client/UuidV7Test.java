package dev.warren.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UuidV7Test {
  @Test
  void agreesWithTheExampleOfTheStandard() {
    // RFC 9562, appendix A.6: the same time and random bits.
    var id =
        UuidV7.of(
            Instant.parse("2022-02-22T19:22:22.000Z"),
            UUID.fromString("00000000-0000-4CC3-98C4-DC0C0C07398F"));

    assertThat(id).isEqualTo(UUID.fromString("017F22E2-79B0-7CC3-98C4-DC0C0C07398F"));
  }

  @Test
  void sortsByTimeAsText() {
    var earlier = UuidV7.of(Instant.ofEpochMilli(1_000), UUID.randomUUID()).toString();
    var later = UuidV7.of(Instant.ofEpochMilli(1_001), UUID.randomUUID()).toString();

    assertThat(earlier).isLessThan(later);
  }

  @Test
  void differsEachTime() {
    assertThat(UuidV7.create()).isNotEqualTo(UuidV7.create());
  }
}
