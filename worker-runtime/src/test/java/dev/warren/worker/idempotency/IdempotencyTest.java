package dev.warren.worker.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.warren.model.Idempotency.OnStoreFailure;
import dev.warren.model.Idempotency.Store;
import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskRunner;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IdempotencyTest {
  private static final Duration DAY = Duration.ofHours(24);
  private static final Duration LEASE = Duration.ofMillis(90);
  private static final Duration NO_PATIENCE = Duration.ZERO;
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String KEY = "shop/orders/7";

  private final MemoryStore store = new MemoryStore();
  private final CountingIdempotency monitor = new CountingIdempotency();
  private final AtomicInteger runs = new AtomicInteger();
  private @Nullable Idempotency idempotency;

  @AfterEach
  void stop() throws Exception {
    if (idempotency != null) {
      idempotency.stop();
    }
  }

  @Test
  void runsATaskOnce() throws Exception {
    var runner = holding(NO_PATIENCE, returning(Outcome.done()));
    run(runner, "7");

    var again = run(runner, "7");

    assertThat(again).isEqualTo(Outcome.done());
    assertThat(runs).hasValue(1);
    assertThat(monitor.duplicates).hasValue(1);
  }

  @Test
  void runsATaskAgainWhenItsRecordHasExpired() throws Exception {
    var runner = holding(NO_PATIENCE, returning(Outcome.done()));
    run(runner, "7");
    store.passTime(DAY);

    run(runner, "7");

    assertThat(runs).hasValue(2);
  }

  @Test
  void forgetsNoTaskThatWasDropped() throws Exception {
    run(holding(NO_PATIENCE, returning(Outcome.drop("too late"))), "7");

    assertThat(store.isDone(KEY)).isTrue();
  }

  static Outcome[] unfinished() {
    return new Outcome[] {
      Outcome.retry(), Outcome.snooze(Duration.ofSeconds(1)), Outcome.fail("no such order")
    };
  }

  @ParameterizedTest
  @MethodSource("unfinished")
  void releasesATaskThatWillComeBack(Outcome outcome) throws Exception {
    run(holding(NO_PATIENCE, returning(outcome)), "7");

    assertThat(store.isFree(KEY)).isTrue();
  }

  @Test
  void releasesATaskWhoseHandlerThrows() {
    var runner =
        holding(
            NO_PATIENCE,
            (_, _, _) -> {
              throw new IllegalStateException("no luck");
            });

    assertThatThrownBy(() -> run(runner, "7")).hasMessage("no luck");

    assertThat(store.isFree(KEY)).isTrue();
  }

  @Test
  void releasesATaskThatWasCancelledWhateverItReturns() throws Exception {
    var context = SomeContext.of("7");
    var runner =
        holding(
            NO_PATIENCE,
            (_, _, _) -> {
              context.cancelled().set(true);
              Thread.currentThread().interrupt();
              return Outcome.done();
            });

    runner.run(task("7"), "", context);

    assertThat(store.isFree(KEY)).isTrue();
    assertThat(Thread.interrupted()).as("interrupt is passed on").isTrue();
  }

  @Test
  void putsATaskOffUntilTheLeaseOfAnotherWorkerEnds() throws Exception {
    store.claim(KEY, "another", Duration.ofSeconds(20));
    store.passTime(Duration.ofSeconds(5));

    var outcome = run(holding(NO_PATIENCE, returning(Outcome.done())), "7");

    assertThat(outcome).isEqualTo(Outcome.snooze(Duration.ofSeconds(15)));
    assertThat(runs).hasValue(0);
    assertThat(monitor.held).hasValue(1);
  }

  @Test
  void takesOverATaskWhoseWorkerDied() throws Exception {
    store.claim(KEY, "dead", Duration.ofSeconds(20));
    store.passTime(Duration.ofSeconds(20));

    run(holding(NO_PATIENCE, returning(Outcome.done())), "7");

    assertThat(runs).hasValue(1);
    assertThat(store.isDone(KEY)).isTrue();
  }

  @Test
  void leavesTheClaimOfAWorkerThatTookOverAlone() throws Exception {
    var runner =
        holding(
            NO_PATIENCE,
            (_, _, _) -> {
              store.passTime(LEASE);
              store.claim(KEY, "another", Duration.ofHours(1));
              return Outcome.done();
            });

    run(runner, "7");

    assertThat(store.isDone(KEY)).isFalse();
    assertThat(store.isFree(KEY)).isFalse();
  }

  @Test
  void alwaysRunsATaskWithoutAnId() throws Exception {
    var runner = holding(NO_PATIENCE, returning(Outcome.done()));
    var task = new Task<>(Optional.empty(), "t", "k", 0, Map.of(), new byte[0]);

    runner.run(task, "", SomeContext.of("7"));
    runner.run(task, "", SomeContext.of("7"));

    assertThat(runs).hasValue(2);
    assertThat(store.claims()).isZero();
  }

  @Test
  void extendsTheLeaseOfATaskThatRuns() throws Exception {
    var finish = new CountDownLatch(1);
    var runner =
        holding(
            NO_PATIENCE,
            (_, _, _) -> {
              finish.await();
              return Outcome.done();
            });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = threads.submit(() -> run(runner, "7"));
      await().until(() -> !store.isFree(KEY));

      for (int thirds = 0; thirds < 10; thirds++) {
        var claims = store.claims();
        store.passTime(LEASE.dividedBy(3));
        await().until(() -> store.claims() > claims);
      }

      assertThat(store.claim(KEY, "another", LEASE)).isInstanceOf(Claim.HeldByOther.class);
      finish.countDown();
      assertThat(running.get()).isEqualTo(Outcome.done());
    }
  }

  @Test
  void letsTheLeaseOfAHungAttemptLapse() throws Exception {
    var context = SomeContext.of("7");
    var finish = new CountDownLatch(1);
    var runner =
        holding(
            NO_PATIENCE,
            (_, _, _) -> {
              context.cancelled().set(true);
              finish.await();
              return Outcome.done();
            });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = threads.submit(() -> runner.run(task("7"), "", context));

      await()
          .until(
              () -> {
                store.passTime(LEASE);
                return store.isFree(KEY);
              });

      finish.countDown();
      running.get();
    }
  }

  @Test
  void holdsATaskWhileTheStoreFails() throws Exception {
    var runner = holding(NO_PATIENCE, returning(Outcome.done()));
    store.fail(true);

    var outcome = run(runner, "7");

    assertThat(outcome).isEqualTo(Outcome.snooze(Duration.ZERO));
    assertThat(runs).hasValue(0);
    assertThat(monitor.answers).isFalse();
    assertThat(parts().obstacle())
        .hasValueSatisfying(reason -> assertThat(reason).contains("the store is switched off"));
  }

  @Test
  void runsAHeldTaskWhenTheStoreAnswersAgain() throws Exception {
    var runner = holding(LONG, returning(Outcome.done()));
    store.fail(true);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = threads.submit(() -> run(runner, "7"));
      await().until(() -> parts().obstacle().isPresent());

      store.fail(false);

      assertThat(running.get()).isEqualTo(Outcome.done());
      assertThat(store.isDone(KEY)).isTrue();
      assertThat(parts().obstacle()).isEmpty();
    }
  }

  @Test
  void asksAStoreThatFailsFromOneThreadOnly() throws Exception {
    var runner = holding(NO_PATIENCE, returning(Outcome.done()));
    store.fail(true);
    for (int id = 0; id < 1000; id++) {
      run(runner, "id-" + id);
    }

    // Two for the first task, and the probes of a few milliseconds.
    assertThat(store.claims()).isLessThan(500);
  }

  @Test
  void runsATaskWithoutTheStoreAndRecordsItLater() throws Exception {
    var runner = start(OnStoreFailure.PROCEED, NO_PATIENCE, returning(Outcome.done()));
    store.fail(true);

    run(runner, "7");

    assertThat(runs).hasValue(1);
    assertThat(monitor.unguarded).hasValue(1);
    assertThat(parts().obstacle()).as("the pod is ready").isEmpty();
    store.fail(false);
    await().until(() -> store.isDone(KEY));
  }

  @Test
  void recordsATaskThatWasDoneWhenTheStoreFailed() throws Exception {
    var runner =
        holding(
            NO_PATIENCE,
            (_, _, _) -> {
              store.fail(true);
              return Outcome.done();
            });

    var outcome = run(runner, "7");

    assertThat(outcome).isEqualTo(Outcome.done());
    store.fail(false);
    await().until(() -> store.isDone(KEY));
  }

  private TaskRunner holding(Duration patience, TaskRunner work) {
    return start(OnStoreFailure.HOLD, patience, work);
  }

  private TaskRunner start(OnStoreFailure onStoreFailure, Duration patience, TaskRunner work) {
    var model = new dev.warren.model.Idempotency(Store.REDIS, DAY, onStoreFailure);
    idempotency =
        new Idempotency(
            new IdempotencySettings("shop", "orders", "orders-0", model),
            new IdempotencyTimes(DAY, LEASE, patience),
            store,
            monitor);
    idempotency.start();
    return idempotency.guard(work);
  }

  private Idempotency parts() {
    return Objects.requireNonNull(idempotency);
  }

  private TaskRunner returning(Outcome outcome) {
    return (_, _, _) -> {
      runs.incrementAndGet();
      return outcome;
    };
  }

  private static Outcome run(TaskRunner runner, String id) throws Exception {
    return runner.run(task(id), "application/json", SomeContext.of(id));
  }

  private static Task<byte[]> task(String id) {
    return new Task<>(Optional.of(id), "order", "orders", 0, Map.of(), new byte[0]);
  }
}
