package dev.warren.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.warren.model.TaskHeaders;
import dev.warren.worker.testing.CountingMonitor;
import dev.warren.worker.testing.FakeDelivery;
import dev.warren.worker.testing.FakeDelivery.State;
import dev.warren.worker.testing.WorkerConfigurations;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskEngineTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(50);

  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private final DeliverySource source =
      new DeliverySource() {
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
    engine.start();

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
    engine.start();

    engine.accept(delivery);

    await().until(() -> delivery.state() == State.ACKNOWLEDGED);
    assertThat(delivery.published().getFirst().headers())
        .containsEntry(TaskHeaders.ERROR_CLASS, "Timeout");
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
}
