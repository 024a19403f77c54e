package dev.warren.examples.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccountTest {
  @Test
  void addsUpIfTheTotalsHaveCountedEachEventOnce() {
    assertThat(new Account(10, 55, 10, 55, 1).addsUp()).isTrue();
  }

  @Test
  void doesNotAddUpIfAnEventWasCountedTwiceOrNotAtAll() {
    assertThat(new Account(10, 55, 11, 60, 1).addsUp()).isFalse();
    assertThat(new Account(10, 55, 10, 60, 1).addsUp()).isFalse();
    assertThat(new Account(10, 55, 9, 55, 1).addsUp()).isFalse();
  }
}
