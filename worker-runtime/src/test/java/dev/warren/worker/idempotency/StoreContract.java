package dev.warren.worker.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/// What every store must hold to.
interface StoreContract {
  Duration LONG = Duration.ofMinutes(1);
  Duration SHORT = Duration.ofMillis(50);
  Claim CLAIMED = new Claim.Claimed();
  Claim DONE = new Claim.AlreadyDone();

  IdempotencyStore store();

  @Test
  default void givesATaskToOneOwnerAndTellsOthersHowLong() {
    var key = newKey();

    var first = store().claim(key, "one", LONG);
    var second = store().claim(key, "other", LONG);

    assertThat(first).isEqualTo(CLAIMED);
    assertThat(second)
        .asInstanceOf(InstanceOfAssertFactories.type(Claim.HeldByOther.class))
        .satisfies(held -> assertThat(held.remaining()).isBetween(LONG.minusSeconds(30), LONG));
  }

  @Test
  default void extendsTheLeaseOfItsOwner() {
    var key = newKey();
    store().claim(key, "one", Duration.ofSeconds(1));

    var again = store().claim(key, "one", LONG);

    assertThat(again).isEqualTo(CLAIMED);
    assertThat(store().claim(key, "other", LONG))
        .asInstanceOf(InstanceOfAssertFactories.type(Claim.HeldByOther.class))
        .satisfies(held -> assertThat(held.remaining()).isGreaterThan(Duration.ofSeconds(1)));
  }

  @Test
  default void givesATaskToAnotherWhenTheLeaseHasEnded() {
    var key = newKey();
    store().claim(key, "one", SHORT);

    await().until(() -> store().claim(key, "other", LONG).equals(CLAIMED));

    assertThat(store().record(key, "one", LONG)).as("the first may not record it").isFalse();
    store().release(key, "one");
    assertThat(store().claim(key, "third", LONG)).isInstanceOf(Claim.HeldByOther.class);
  }

  @Test
  default void remembersADoneTask() {
    var key = newKey();
    store().claim(key, "one", LONG);

    assertThat(store().record(key, "one", LONG)).isTrue();

    assertThat(store().claim(key, "other", LONG)).isEqualTo(DONE);
    assertThat(store().claim(key, "one", LONG)).isEqualTo(DONE);
    store().release(key, "one");
    assertThat(store().claim(key, "other", LONG)).isEqualTo(DONE);
  }

  @Test
  default void remembersADoneTaskWhoseLeaseHadEnded() {
    var key = newKey();
    store().claim(key, "one", Duration.ofMillis(1));

    await().until(() -> store().record(key, "one", LONG));

    assertThat(store().claim(key, "other", LONG)).isEqualTo(DONE);
  }

  @Test
  default void forgetsADoneTaskAfterItsTime() {
    var key = newKey();
    store().record(key, "one", SHORT);

    await().until(() -> store().claim(key, "other", LONG).equals(CLAIMED));
  }

  @Test
  default void givesAReleasedTaskToAnother() {
    var key = newKey();
    store().claim(key, "one", LONG);

    store().release(key, "one");

    assertThat(store().claim(key, "other", LONG)).isEqualTo(CLAIMED);
  }

  @Test
  default void takesAnyId() {
    var keys = TaskKeys.of("shop", "orders\u0000/ü");
    for (var id : new String[] {"\u0000", "ü".repeat(5000), "\ud800", "'; --", " ", newKey()}) {
      var key = keys.of(id + UUID.randomUUID());

      assertThat(store().claim(key, "one", LONG)).as(key).isEqualTo(CLAIMED);
      assertThat(store().record(key, "one", LONG)).as(key).isTrue();
    }
  }

  @Test
  default void givesATaskToOneOfManyThatAskAtOnce() throws Exception {
    var key = newKey();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var claims =
          IntStream.range(0, 100)
              .mapToObj(owner -> threads.submit(() -> store().claim(key, "owner-" + owner, LONG)))
              .toList();

      assertThat(claims).extracting(Future::get).filteredOn(CLAIMED::equals).hasSize(1);
    }
  }

  static String newKey() {
    return "test/" + UUID.randomUUID();
  }
}
