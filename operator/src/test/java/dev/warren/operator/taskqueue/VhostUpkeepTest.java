package dev.warren.operator.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.warren.crds.TaskBroker;
import dev.warren.operator.broker.BrokerException;
import dev.warren.operator.broker.BrokerFailures;
import dev.warren.operator.broker.Brokers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Rounds of a TaskBroker that is not there: each looks for it once.
class VhostUpkeepTest {
  private static final Duration NEVER = Duration.ofHours(1);
  private static final int CALLERS = 50;

  private final Brokers brokers = new Brokers(NEVER, Clock.systemUTC(), new SimpleMeterRegistry());
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

  /// Rounds that have begun.
  private final AtomicInteger rounds = new AtomicInteger();

  /// Rounds that may end.
  private final Semaphore ends = new Semaphore(0);

  /// The rounds that fail, by number.
  private final List<Integer> failing = new ArrayList<>();

  @AfterEach
  void close() {
    ends.release(CALLERS);
    callers.shutdownNow();
    brokers.close();
  }

  @Test
  void servesAllWhoAskedBeforeARoundBeganByThatRound() throws Exception {
    try (var upkeep = upkeep(NEVER)) {
      var first = settle(upkeep, 1);
      await().untilAsserted(() -> assertThat(rounds).hasValue(1));
      var others = settle(upkeep, CALLERS);

      ends.release(2);

      finish(first);
      finish(others);
      assertThat(rounds).hasValue(2);
    }
  }

  @Test
  void beginsARoundForWhoAsksDuringOne() throws Exception {
    try (var upkeep = upkeep(NEVER)) {
      var first = settle(upkeep, 1);
      await().untilAsserted(() -> assertThat(rounds).hasValue(1));
      var second = settle(upkeep, 1);

      ends.release(1);
      finish(first);

      assertThat(second.getFirst()).isNotDone();
      ends.release(1);
      finish(second);
    }
  }

  @Test
  void tellsAFailureToThoseWhoWaitedForThatRoundAndToNobodyElse() throws Exception {
    failing.add(2);
    try (var upkeep = upkeep(NEVER)) {
      var first = settle(upkeep, 1);
      await().untilAsserted(() -> assertThat(rounds).hasValue(1));
      var others = settle(upkeep, CALLERS);

      ends.release(3);

      finish(first);
      assertThat(others)
          .allSatisfy(
              other ->
                  assertThatThrownBy(other::get)
                      .hasCauseInstanceOf(BrokerException.class)
                      .hasRootCauseMessage("it is away"));
      finish(settle(upkeep, 1));
    }
  }

  @Test
  void doesNotLetVhostsWaitForEachOther() throws Exception {
    try (var upkeep = upkeep(NEVER)) {
      var first = settle(upkeep, 1);
      await().untilAsserted(() -> assertThat(rounds).hasValue(1));

      var other = callers.submit(() -> upkeep.settle("default", "web"));

      await().untilAsserted(() -> assertThat(rounds).hasValue(2));
      ends.release(2);
      finish(first);
      other.get();
    }
  }

  @Test
  void takesCareOfWhatItWasToldOfAgainAndAgainWhateverFails() {
    ends.release(CALLERS);
    failing.add(1);
    try (var upkeep = upkeep(Duration.ofMillis(5))) {
      upkeep.lookAfter("default", "media");

      await().untilAsserted(() -> assertThat(rounds).hasValueGreaterThan(3));
    }
  }

  private VhostUpkeep upkeep(Duration interval) {
    return new VhostUpkeep(brokers, CachedQueues.of(List.of()), _ -> round(), interval);
  }

  private Optional<TaskBroker> round() {
    var number = rounds.incrementAndGet();
    ends.acquireUninterruptibly();
    if (failing.contains(number)) {
      throw BrokerFailures.of(BrokerException.Kind.UNREACHABLE, "it is away");
    }
    return Optional.empty();
  }

  /// Callers who wait, each of whom has asked when this returns.
  private List<Future<?>> settle(VhostUpkeep upkeep, int number) {
    var asking = new ArrayList<Thread>();
    var futures = new ArrayList<Future<?>>();
    for (int i = 0; i < number; i++) {
      futures.add(
          callers.submit(
              () -> {
                synchronized (asking) {
                  asking.add(Thread.currentThread());
                }
                upkeep.settle("default", "media");
              }));
    }
    await()
        .untilAsserted(
            () -> {
              synchronized (asking) {
                assertThat(asking).hasSize(number).allMatch(VhostUpkeepTest::waitsOrIsServed);
              }
            });
    return futures;
  }

  private static boolean waitsOrIsServed(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        || thread.getState() == Thread.State.TERMINATED;
  }

  private static void finish(List<Future<?>> futures) throws Exception {
    for (var future : futures) {
      future.get();
    }
  }
}
