package dev.warren.worker.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TaskKeysTest {
  private final TaskKeys keys = TaskKeys.of("shop", "orders");

  @Test
  void namesAnOrdinaryTaskReadably() {
    assertThat(keys.of("0198f2c4-order/7")).isEqualTo("shop/orders/0198f2c4-order/7");
  }

  @Test
  void keepsQueuesApartWhoseNamesHaveSlashes() {
    assertThat(TaskKeys.of("shop", "a").of("b/c")).isNotEqualTo(TaskKeys.of("shop", "a/b").of("c"));
  }

  @Test
  void takesNoIdForTheHashOfAnother() {
    var hashed = keys.of("ü");

    assertThat(keys.of(hashed.substring("shop/orders/".length()))).isNotEqualTo(hashed);
  }

  @Test
  void tellsHalvesOfSurrogatePairsApart() {
    assertThat(keys.of("\ud800")).isNotEqualTo(keys.of("\ud801"));
  }

  @Property
  void isShortAndPrintableForAnyNames(@ForAll String queue, @ForAll String id) {
    assertThat(TaskKeys.of("n".repeat(63), queue.repeat(20)).of(id)).matches("[!-~]{1,250}");
  }

  @Property
  void keepsIdsApart(@ForAll String one, @ForAll String other) {
    assertThat(keys.of(one).equals(keys.of(other))).isEqualTo(one.equals(other));
  }
}
