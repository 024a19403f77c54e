package dev.warren.worker.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.model.TaskHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedeliveriesTest {
  @Test
  void isNothingForAMessageThatComesForTheFirstTime() {
    assertThat(Redeliveries.of(false, null)).isEqualTo(new Redeliveries(0, true));
    assertThat(Redeliveries.of(false, Map.of("a", 1))).isEqualTo(new Redeliveries(0, true));
  }

  @Test
  void addsWhatAQuorumQueueCountedToWhatTheMessageTells() {
    assertThat(Redeliveries.of(true, Map.of("x-delivery-count", 1L)))
        .isEqualTo(new Redeliveries(1, true));
    assertThat(Redeliveries.of(true, Map.of("x-delivery-count", 2L, TaskHeaders.REDELIVERIES, 1)))
        .isEqualTo(new Redeliveries(3, true));
  }

  @Test
  void knowsThatAClassicQueueDoesNotCount() {
    assertThat(Redeliveries.of(true, null)).isEqualTo(new Redeliveries(1, false));
    assertThat(Redeliveries.of(true, Map.of(TaskHeaders.REDELIVERIES, 1)))
        .isEqualTo(new Redeliveries(2, false));
    assertThat(Redeliveries.of(false, Map.of(TaskHeaders.REDELIVERIES, 2)))
        .isEqualTo(new Redeliveries(2, true));
  }

  @Test
  void takesSenselessCountsForNone() {
    assertThat(Redeliveries.of(false, Map.of(TaskHeaders.REDELIVERIES, List.of("x"))).count())
        .isZero();
    assertThat(Redeliveries.of(false, Map.of(TaskHeaders.REDELIVERIES, -5)).count()).isZero();
    assertThat(Redeliveries.of(true, Map.of("x-delivery-count", Long.MAX_VALUE)).count())
        .isEqualTo(1_000_000);
  }
}
