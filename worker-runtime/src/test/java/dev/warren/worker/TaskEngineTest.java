package dev.warren.worker;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.DURATION;
import static org.awaitility.Awaitility.await;

import dev.warren.model.Breaker;
import dev.warren.model.Flow;
import dev.warren.model.RateLimit;
import dev.warren.model.TaskHeaders;
import dev.warren.worker.testing.CountingMonitor;
import dev.warren.worker.testing.FakeDelivery;
import dev.warren.worker.testing.FakeDelivery.State;
import dev.warren.worker.testing.WorkerConfigurations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskEngineTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(50);

  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private final Queue<Integer> windows = new ConcurrentLinkedQueue<>();
  private final DeliverySource source =
      new DeliverySource() {
        @Override
        public void allow(int deliveries) {
          windows.add(deliveries);
        }

        @Override
        public boolean isFetching() {
          return false;
        }

        @Override
        public void stopFetching() {
          events.add("stop fetching");
        }

        @Override
        public void close() {
          events.add("close");
        }
      };
  private final CountDownLatch release = new CountDownLatch(1);

  @Test
  void acknowledgesWhatIsDone() {
    var delivery = FakeDelivery.of("1");

    engine(1, LONG, LONG, (_, _, _) -> Outcome.done()).accept(delivery);

    await().until(() -> delivery.state() == State.ACKNOWLEDGED);
  }

  @Test
  void tellsTheTimeFromPublishingToDoneAndWhyATaskIsDeadLettered() {
    var monitor = new CountingMonitor();
    var published = Instant.now().minusSeconds(60).toEpochMilli();
    var engine =
        new TaskEngine(
            WorkerConfigurations.standard(),
            "pod-1",
            (task, _, _) ->
                task.headers().containsKey("fail") ? Outcome.fail("no") : Outcome.done(),
            monitor,
            Clock.systemUTC());

    engine.accept(
        FakeDelivery.withHeaders(
            "1",
            Map.of(TaskHeaders.ENQUEUED_AT, published, TaskHeaders.FIRST_SEEN, published + 9)));
    engine.accept(FakeDelivery.withHeaders("2", Map.of("fail", true)));

    await().until(() -> monitor.count(TaskStatus.FAIL) == 1 && !monitor.completed().isEmpty());
    assertThat(monitor.deadLettered()).containsExactly("Fail");
    assertThat(monitor.completed())
        .singleElement(as(DURATION))
        .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(90));
  }

  @Test
  void runsNoMoreTasksAtOnceThanThereArePermits() {
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var engine =
        engine(
            3,
            LONG,
            LONG,
            (_, _, _) -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              Thread.onSpinWait();
              running.decrementAndGet();
              return Outcome.done();
            });
    var deliveries = IntStream.range(0, 500).mapToObj(i -> FakeDelivery.of("" + i)).toList();

    deliveries.forEach(engine::accept);

    await().until(() -> deliveries.stream().noneMatch(FakeDelivery::isOutstanding));
    assertThat(most.get()).isBetween(1, 3);
  }

  @Test
  void acknowledgesAFailureOnceItsSuccessorIsPublished() {
    var delivery = FakeDelivery.of("1");
    var engine =
        engine(
            1,
            LONG,
            LONG,
            (_, _, _) -> {
              throw new StackOverflowError("deep");
            });

    engine.accept(delivery);

    await().until(() -> delivery.state() == State.ACKNOWLEDGED);
    assertThat(delivery.published())
        .singleElement()
        .satisfies(
            successor ->
                assertThat(successor.headers())
                    .containsEntry(TaskHeaders.ERROR_CLASS, "java.lang.StackOverflowError"));
  }

  @Test
  void givesBackAFailureWhoseSuccessorTheBrokerRefuses() {
    var delivery = FakeDelivery.withoutRoute("1");

    engine(1, LONG, LONG, (_, _, _) -> Outcome.fail("no")).accept(delivery);

    await().until(() -> delivery.state() == State.GIVEN_BACK);
    assertThat(delivery.published()).hasSize(1);
  }

  @Test
  void skipsDeliveriesThatAreNoLongerOutstanding() {
    var gone = FakeDelivery.of("gone");
    gone.giveBack();
    var calls = new AtomicInteger();
    var engine =
        engine(
            1,
            LONG,
            LONG,
            (_, _, _) -> {
              calls.incrementAndGet();
              return Outcome.done();
            });
    var next = FakeDelivery.of("next");

    engine.accept(gone);
    engine.accept(next);

    await().until(() -> next.state() == State.ACKNOWLEDGED);
    assertThat(calls).hasValue(1);
  }

  @Test
  void retriesAsTimeoutWhatIgnoresItsDeadline() {
    var delivery = FakeDelivery.of("1");
    var engine = engine(1, SHORT, LONG, (_, _, context) -> spinUntilCancelled(context));
    engine.start(source, () -> {});

    engine.accept(delivery);

    await().until(() -> delivery.state() == State.ACKNOWLEDGED);
    assertThat(delivery.published().getFirst().headers())
        .containsEntry(TaskHeaders.ERROR_CLASS, "Timeout")
        .containsEntry(TaskHeaders.ATTEMPT, 2);
  }

  @Test
  void interruptsWhatBlocksBeyondItsDeadline() {
    var delivery = FakeDelivery.of("1");
    var engine = engine(1, SHORT, LONG, (_, _, _) -> block());
    engine.start(source, () -> {});

    engine.accept(delivery);

    await().until(() -> delivery.state() == State.ACKNOWLEDGED);
    assertThat(delivery.published().getFirst().headers())
        .containsEntry(TaskHeaders.ERROR_CLASS, "Timeout");
  }

  @Test
  void tellsATaskOfItsCancellation() {
    var told = new CountDownLatch(1);
    var engine =
        engine(
            1,
            SHORT,
            LONG,
            (_, _, context) -> {
              context.onCancel(told::countDown);
              return spinUntilCancelled(context);
            });
    engine.start(source, () -> {});

    engine.accept(FakeDelivery.of("1"));

    await().until(() -> told.getCount() == 0);
  }

  @Test
  void stopGivesBackUnstartedDeliveriesAtOnceAndDrainsRunningOnes() throws Exception {
    var engine = engine(1, LONG, LONG, (_, _, _) -> block());
    var running = FakeDelivery.of("running");
    var unstarted = FakeDelivery.of("unstarted");
    engine.accept(running);
    engine.accept(unstarted);

    var stop = Thread.ofVirtual().start(() -> stop(engine));

    await().until(() -> unstarted.state() == State.GIVEN_BACK);
    assertThat(running.state()).isEqualTo(State.OUTSTANDING);
    release.countDown();
    stop.join();
    assertThat(running.state()).isEqualTo(State.ACKNOWLEDGED);
    assertThat(events).containsExactly("stop fetching", "close");
  }

  @Test
  void stopTellsTheRunnerToWaitForNoFurtherTasks() {
    var engine =
        new TaskEngine(
            WorkerConfigurations.with(1, LONG, LONG),
            "pod-1",
            new TaskRunner() {
              @Override
              public Outcome run(Task<byte[]> task, String contentType, TaskContext context)
                  throws InterruptedException {
                return block();
              }

              @Override
              public void drain() {
                events.add("drain");
                release.countDown();
              }
            },
            new CountingMonitor(),
            Clock.systemUTC());
    var waiting = FakeDelivery.of("waiting");
    engine.accept(waiting);

    stop(engine);

    assertThat(waiting.state()).isEqualTo(State.ACKNOWLEDGED);
    assertThat(events).containsExactly("stop fetching", "drain", "close");
  }

  @Test
  void stopInterruptsAndReturnsDeliveryWhenDrainDeadlinePasses() {
    var engine = engine(1, LONG, SHORT, (_, _, _) -> block());
    var running = FakeDelivery.of("running");
    engine.accept(running);

    stop(engine);

    assertThat(running.state()).isEqualTo(State.GIVEN_BACK);
    assertThat(running.published()).isEmpty();
  }

  @Test
  void stopReturnsDeliveryOfATaskThatIgnoresTheInterrupt() {
    var engine = engine(1, LONG, SHORT, (_, _, _) -> blockIgnoringInterrupts());
    var running = FakeDelivery.of("running");
    engine.accept(running);

    stop(engine);

    assertThat(running.state()).isEqualTo(State.GIVEN_BACK);
    release.countDown();
  }

  @Test
  void givesBackWhatArrivesAfterTheStop() {
    var engine = engine(1, LONG, LONG, (_, _, _) -> Outcome.done());
    stop(engine);
    var late = FakeDelivery.of("late");

    engine.accept(late);

    assertThat(late.state()).isEqualTo(State.GIVEN_BACK);
  }

  @Test
  void runsAloneWhatHasComeBackTwice() {
    var together = new AtomicInteger();
    var running = new AtomicInteger();
    var engine =
        engine(
            10,
            LONG,
            LONG,
            (task, _, _) -> {
              int now = running.incrementAndGet();
              if (task.id().orElse("").equals("suspect")) {
                together.set(now);
              } else {
                block();
              }
              running.decrementAndGet();
              return Outcome.done();
            });
    engine.start(source, () -> {});
    var neighbour = FakeDelivery.of("neighbour");
    var suspect = FakeDelivery.redeliveredAlone("suspect", 2, 0);
    engine.accept(neighbour);

    engine.accept(suspect);

    await().until(() -> windows.contains(0));
    assertThat(suspect.state()).isEqualTo(State.OUTSTANDING);
    release.countDown();
    await().until(() -> suspect.state() == State.ACKNOWLEDGED);
    assertThat(together).hasValue(1);
    await().until(() -> windows.stream().toList().equals(List.of(13, 0, 1, 13)));
  }

  @Test
  void tasksComeOneByOneAfterASuspectUntilFiftyHaveNotComeBack() {
    var engine = engine(10, LONG, LONG, (_, _, _) -> Outcome.done());
    engine.start(source, () -> {});
    engine.accept(FakeDelivery.redeliveredAlone("suspect", 2, 0));
    await().until(() -> windows.contains(1));

    acceptInnocent(engine, 49);
    engine.accept(FakeDelivery.redeliveredAlone("another", 2, 0));
    acceptInnocent(engine, 49);
    assertThat(windows).containsExactly(13, 0, 1);
    acceptInnocent(engine, 1);

    await()
        .atMost(Duration.ofSeconds(1))
        .until(() -> windows.stream().toList().equals(List.of(13, 0, 1, 13)));
  }

  @Test
  void sendsFurtherSuspectsBackAsTheyAre() {
    var engine = engine(10, LONG, LONG, (_, _, _) -> block());
    engine.start(source, () -> {});
    engine.accept(FakeDelivery.of("neighbour"));
    engine.accept(FakeDelivery.redeliveredAlone("suspect", 2, 0));
    var further = FakeDelivery.redeliveredAlone("further", 2, 0);

    engine.accept(further);

    await().until(() -> further.state() == State.ACKNOWLEDGED);
    assertThat(further.published())
        .singleElement()
        .satisfies(
            successor -> {
              assertThat(successor.exchange()).isEqualTo("warren.return");
              assertThat(successor.routingKey()).isEqualTo("resize");
              assertThat(successor.headers())
                  .containsEntry(TaskHeaders.REDELIVERIES, 2)
                  .containsEntry(TaskHeaders.ATTEMPT, 1);
            });
  }

  @Test
  void makesADeadLetterOfWhatComesBackAgainAndAgain() {
    var calls = new AtomicInteger();
    var poison = FakeDelivery.redeliveredAlone("poison", 2, 1);

    engine(
            10,
            LONG,
            LONG,
            (_, _, _) -> {
              calls.incrementAndGet();
              return Outcome.done();
            })
        .accept(poison);

    await().until(() -> poison.state() == State.ACKNOWLEDGED);
    assertThat(calls).hasValue(0);
    assertThat(poison.published().getFirst().headers())
        .containsEntry(TaskHeaders.ERROR_CLASS, "PoisonTask")
        .doesNotContainKeys(TaskHeaders.REDELIVERIES, TaskHeaders.RUN_ALONE)
        .extractingByKey(TaskHeaders.ERROR_MESSAGE)
        .asString()
        .startsWith("it was in flight when 3 workers died");
  }

  @Test
  void judgesNoTaskThatWasNotRunAlone() {
    var innocent = FakeDelivery.redelivered("innocent", 15);

    engine(10, LONG, LONG, (_, _, _) -> Outcome.done()).accept(innocent);

    await().until(() -> innocent.state() == State.ACKNOWLEDGED);
    assertThat(innocent.published().getFirst().exchange()).isEqualTo("warren.return");
    assertThat(innocent.published().getFirst().headers())
        .containsEntry(TaskHeaders.REDELIVERIES, 15)
        .containsKey(TaskHeaders.RUN_ALONE);
  }

  @Test
  void runsAloneWhatWasPublishedForThat() {
    var engine = engine(10, LONG, LONG, (_, _, _) -> Outcome.done());
    engine.start(source, () -> {});
    var last = FakeDelivery.redeliveredAlone("last", 15, 0);

    engine.accept(last);

    await().until(() -> last.state() == State.ACKNOWLEDGED);
    assertThat(last.published()).isEmpty();
    assertThat(windows).contains(0);
  }

  @Test
  void runsAmongOthersWhatHasComeBackOnce() {
    var delivery = FakeDelivery.redelivered("1", 1);

    engine(10, LONG, LONG, (_, _, _) -> Outcome.done()).accept(delivery);

    await().until(() -> delivery.state() == State.ACKNOWLEDGED);
    assertThat(delivery.published()).isEmpty();
  }

  @Test
  void sendsNothingToTheEndOfAQueueThatPromisesAnOrder() {
    var engine =
        new TaskEngine(
            WorkerConfigurations.ordered(),
            "pod-1",
            (_, _, _) -> Outcome.done(),
            new CountingMonitor(),
            Clock.systemUTC());
    engine.start(source, () -> {});
    var deliveries =
        List.of(
            FakeDelivery.redelivered("1", 2),
            FakeDelivery.redelivered("2", 2),
            FakeDelivery.redeliveredUncounted("3", 1));

    deliveries.forEach(engine::accept);

    await().until(() -> deliveries.stream().noneMatch(FakeDelivery::isOutstanding));
    assertThat(deliveries).allMatch(delivery -> delivery.published().isEmpty());
    assertThat(windows).containsExactly(10);
  }

  @Test
  void writesTheCountIntoAMessageWhoseQueueDoesNotCount() {
    var delivery = FakeDelivery.redeliveredUncounted("1", 1);

    engine(10, LONG, LONG, (_, _, _) -> Outcome.done()).accept(delivery);

    await().until(() -> delivery.state() == State.ACKNOWLEDGED);
    assertThat(delivery.published())
        .singleElement()
        .satisfies(
            successor ->
                assertThat(successor.headers()).containsEntry(TaskHeaders.REDELIVERIES, 1));
  }

  @Test
  void stopReturnsWhatCameBackBeforeWithoutRaisingItsCount() {
    var engine = engine(1, LONG, SHORT, (_, _, _) -> block());
    var running = FakeDelivery.redelivered("running", 1);
    var waiting = FakeDelivery.redelivered("waiting", 1);
    engine.accept(running);
    engine.accept(waiting);

    stop(engine);

    for (var delivery : List.of(running, waiting)) {
      assertThat(delivery.state()).isEqualTo(State.ACKNOWLEDGED);
      assertThat(delivery.published().getFirst().headers())
          .containsEntry(TaskHeaders.REDELIVERIES, 1);
    }
  }

  @Test
  void settlesATaskWhoseHandlerHangsAndRunsTheNext() {
    var engine =
        engine(
            1,
            SHORT,
            LONG,
            (task, _, _) ->
                task.id().orElse("").equals("1") ? blockIgnoringInterrupts() : Outcome.done());
    var recycled = new AtomicInteger();
    engine.start(source, recycled::incrementAndGet);
    var hanging = FakeDelivery.of("1");
    var next = FakeDelivery.of("2");
    engine.accept(hanging);

    engine.accept(next);

    await().until(() -> next.state() == State.ACKNOWLEDGED);
    await().until(() -> hanging.state() == State.ACKNOWLEDGED);
    assertThat(hanging.published())
        .singleElement()
        .satisfies(
            retry ->
                assertThat(retry.headers())
                    .containsEntry(TaskHeaders.ERROR_CLASS, "Timeout")
                    .containsEntry(TaskHeaders.ATTEMPT, 2));
    assertThat(engine.state().hung()).isEqualTo(1);
    await().until(() -> recycled.get() == 1);
    release.countDown();
    await().until(() -> engine.state().hung() == 0);
    assertThat(hanging.published()).hasSize(1);
  }

  @Test
  void takesAnotherConcurrencyWhileItRuns() {
    var engine = engine(1, LONG, LONG, (_, _, _) -> block());
    engine.start(source, () -> {});
    IntStream.range(0, 5).forEach(i -> engine.accept(FakeDelivery.of("" + i)));
    assertThat(engine.state().running()).isEqualTo(1);

    engine.configure(WorkerConfigurations.with(4, LONG, LONG));

    await().until(() -> engine.state().running() == 4);
    assertThat(windows).containsExactly(2, 5);
    release.countDown();
  }

  @Test
  void startsTasksAtTheRateOfTheLimitAndGivesBackWhatMustWaitLong() {
    var engine = limited(new RateLimit(1, Duration.ofHours(1), 2, false));
    engine.start(source, () -> {});
    var deliveries = IntStream.range(0, 4).mapToObj(i -> FakeDelivery.of("" + i)).toList();

    deliveries.forEach(engine::accept);

    await().until(() -> deliveries.stream().noneMatch(FakeDelivery::isOutstanding));
    assertThat(deliveries.stream().map(FakeDelivery::state).toList())
        .containsExactly(
            State.ACKNOWLEDGED, State.ACKNOWLEDGED, State.GIVEN_BACK, State.GIVEN_BACK);
    assertThat(windows).startsWith(2).endsWith(0);
    assertThat(engine.state().pause()).isEqualTo("the rate limit is used up");
  }

  @Test
  void startsAsManyTasksASecondAsTheLimitSays() {
    var engine = limited(new RateLimit(200, Duration.ofSeconds(1), 1, false));
    engine.start(source, () -> {});
    var deliveries = IntStream.range(0, 101).mapToObj(i -> FakeDelivery.of("" + i)).toList();
    long start = System.nanoTime();

    deliveries.forEach(engine::accept);

    await().until(() -> deliveries.stream().noneMatch(FakeDelivery::isOutstanding));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(470));
    assertThat(deliveries).allMatch(delivery -> delivery.state() == State.ACKNOWLEDGED);
  }

  @Test
  void fetchesNothingAndGivesBackWhatWaitsWhileTheBreakerIsOpen() {
    var flow =
        new Flow(
            10,
            13,
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Breaker(50, 5, Duration.ofSeconds(60))),
            Optional.empty());
    var engine = engine(flow, (_, _, _) -> Outcome.retry());
    engine.start(source, () -> {});
    IntStream.range(0, 5).forEach(i -> engine.accept(FakeDelivery.of("" + i)));
    await().until(() -> engine.state().breaker() == 2);
    var late = FakeDelivery.of("late");

    engine.accept(late);

    await().until(() -> late.state() == State.GIVEN_BACK);
    assertThat(windows).containsExactly(13, 0);
    assertThat(engine.state().pause()).isEqualTo("the circuit breaker is open");
  }

  private interface Body {
    Outcome run(Task<byte[]> task, String contentType, TaskContext context) throws Exception;
  }

  private static TaskEngine engine(
      int concurrency, Duration taskTimeout, Duration drainDeadline, Body body) {
    return new TaskEngine(
        WorkerConfigurations.with(concurrency, taskTimeout, drainDeadline),
        "pod-1",
        body::run,
        new CountingMonitor(),
        TaskTracing.NONE,
        Optional.empty(),
        Clock.systemUTC(),
        SHORT);
  }

  private static TaskEngine limited(RateLimit limit) {
    var flow =
        new Flow(10, 13, Optional.empty(), Optional.of(limit), Optional.empty(), Optional.empty());
    return engine(flow, (_, _, _) -> Outcome.done());
  }

  private static TaskEngine engine(Flow flow, Body body) {
    return new TaskEngine(
        WorkerConfigurations.with(flow),
        "pod-1",
        body::run,
        new CountingMonitor(),
        Clock.systemUTC());
  }

  private void stop(TaskEngine engine) {
    try {
      engine.stop(source);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Outcome block() throws InterruptedException {
    release.await();
    return Outcome.done();
  }

  private Outcome blockIgnoringInterrupts() {
    while (true) {
      try {
        return block();
      } catch (InterruptedException _) {
        // That is the point.
      }
    }
  }

  private static Outcome spinUntilCancelled(TaskContext context) {
    while (!context.isCancelled()) {
      Thread.onSpinWait();
    }
    return Outcome.done();
  }

  private static void acceptInnocent(TaskEngine engine, int tasks) {
    for (int i = 0; i < tasks; i++) {
      engine.accept(FakeDelivery.of("innocent"));
    }
  }
}
