package dev.warren.operator.broker;

import static dev.warren.operator.testing.Snapshots.absent;
import static dev.warren.operator.testing.Snapshots.holding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.warren.operator.testing.Snapshots;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VhostTest {
  private static final BrokerChange DECLARE =
      new BrokerChange.DeclareQueue(new Queue("resize", Map.of("x-queue-type", "quorum")));

  private static final BrokerChange BIND =
      new BrokerChange.Bind(new Binding("tasks", "resize", "key"));

  /// What the broker answers, reading by reading.
  private final Deque<Supplier<VhostSnapshot>> readings = new ArrayDeque<>();

  /// What it answers to readings of the figures alone.
  private final Deque<Supplier<Optional<VhostSnapshot>>> figures = new ArrayDeque<>();

  private final Vhost vhost =
      new Vhost(before -> readings.remove().get(), before -> figures.remove().get());

  @Test
  void readsOnceForAllThatAskLater() {
    readings.add(() -> absent());

    assertThat(vhost.snapshot()).isSameAs(vhost.snapshot());
  }

  @Test
  void readsOnceForManyFirstAskers() throws InterruptedException {
    var count = new AtomicInteger();
    var answer = new CountDownLatch(1);
    var slow = new Vhost(before -> slowReading(count, answer), Optional::of);
    var answers = new ConcurrentLinkedQueue<VhostSnapshot>();
    var askers =
        IntStream.range(0, 10)
            .mapToObj(i -> Thread.startVirtualThread(() -> answers.add(slow.snapshot())))
            .toList();
    await()
        .until(() -> askers.stream().allMatch(asker -> asker.getState() == Thread.State.WAITING));

    answer.countDown();

    for (var asker : askers) {
      asker.join();
    }
    assertThat(answers).hasSize(10);
    assertThat(count).hasValue(1);
  }

  @Test
  void remembersChangesMadeAfterAReading() {
    readings.add(() -> absent());
    vhost.snapshot();

    vhost.knowledge().changed(after -> after.with(DECLARE));

    assertThat(vhost.snapshot().queues()).containsKey("resize");
  }

  @Test
  void remembersChangesMadeDuringAReadingThatMissedThem() {
    readings.add(
        () -> {
          vhost.knowledge().changed(after -> after.with(DECLARE));
          return absent();
        });

    assertThat(vhost.snapshot().queues()).containsKey("resize");
  }

  @Test
  void forgetsChangesThatTheNextReadingDoesNotFind() {
    readings.add(() -> absent());
    readings.add(() -> absent());
    vhost.snapshot();
    vhost.knowledge().changed(after -> after.with(DECLARE));

    vhost.refresh();

    assertThat(vhost.snapshot().queues()).isEmpty();
  }

  @Test
  void reportsAFirstReading() {
    readings.add(() -> absent());

    assertThat(vhost.refresh()).isEqualTo(new Affected.All());
  }

  @Test
  void reportsWhatDiffersFromTheReadingBefore() {
    readings.add(() -> absent());
    readings.add(() -> holding(absent(), "resize", 1, 0));
    vhost.refresh();

    assertThat(vhost.refresh()).isEqualTo(new Affected.Some(Set.of("resize")));
  }

  @Test
  void reportsNothingWhenNothingDiffers() {
    readings.add(() -> absent());
    readings.add(() -> absent());
    vhost.refresh();

    assertThat(vhost.refresh().isEmpty()).isTrue();
  }

  @Test
  void doesNotReportWhatTheOperatorChangedItself() {
    readings.add(() -> absent());
    readings.add(() -> absent().with(DECLARE));
    vhost.refresh();
    vhost.knowledge().changed(after -> after.with(DECLARE));

    assertThat(vhost.refresh().isEmpty()).isTrue();
  }

  @Test
  void doesNotReportWhatTheOperatorChangedDuringTheReading() {
    readings.add(() -> absent());
    readings.add(
        () -> {
          vhost.knowledge().changed(after -> after.with(DECLARE));
          return absent().with(DECLARE);
        });
    vhost.refresh();

    assertThat(vhost.refresh().isEmpty()).isTrue();
  }

  @Test
  void doesNotReportWhatTheOperatorIsChangingNow() {
    readings.add(() -> absent());
    readings.add(() -> absent().with(DECLARE));
    vhost.refresh();

    try (var _ = Expectation.of(vhost.knowledge(), after -> after.with(DECLARE))) {
      assertThat(vhost.refresh().isEmpty()).isTrue();
    }
  }

  @Test
  void reportsWhatTheOperatorDidNotChangeAfterAll() {
    readings.add(() -> absent());
    readings.add(() -> absent().with(DECLARE));
    vhost.refresh();

    Expectation.of(vhost.knowledge(), (VhostSnapshot after) -> after.with(DECLARE)).close();

    assertThat(vhost.refresh().includes("resize")).isTrue();
  }

  @Test
  void readsTheFiguresOfQueuesAlone() {
    readings.add(() -> absent().with(DECLARE));
    vhost.refresh();
    figures.add(() -> Optional.of(vhost.snapshot().withFigures("resize", Snapshots.figures(1, 0))));

    assertThat(vhost.refreshFigures()).isEqualTo(new Affected.Some(Set.of("resize")));
  }

  @Test
  void readsAllWhenOtherQueuesAreFoundThanWereKnown() {
    readings.add(() -> absent());
    vhost.refresh();
    figures.add(Optional::empty);
    readings.add(() -> absent().with(DECLARE).with(BIND));

    vhost.refreshFigures();

    assertThat(vhost.snapshot().bindings().ofQueue("resize")).isNotEmpty();
  }

  @Test
  void readsAllAfterAFailure() {
    readings.add(() -> fail("away"));
    readings.add(() -> absent().with(DECLARE));
    vhost.refresh();

    vhost.refreshFigures();

    assertThat(vhost.snapshot().queues()).containsKey("resize");
  }

  @Test
  void reportsAFailureOnce() {
    readings.add(() -> absent());
    readings.add(() -> fail("away"));
    readings.add(() -> fail("away"));
    vhost.refresh();

    assertThat(vhost.refresh()).isEqualTo(new Affected.All());
    assertThat(vhost.refresh().isEmpty()).isTrue();
  }

  @Test
  void reportsAnotherFailure() {
    readings.add(() -> fail("away"));
    readings.add(() -> fail("wrong password"));
    vhost.refresh();

    assertThat(vhost.refresh()).isEqualTo(new Affected.All());
  }

  @Test
  void reportsARecoveryOnce() {
    readings.add(() -> fail("away"));
    readings.add(() -> absent());
    readings.add(() -> absent());
    vhost.refresh();

    assertThat(vhost.refresh()).isEqualTo(new Affected.All());
    assertThat(vhost.refresh().isEmpty()).isTrue();
  }

  @Test
  void throwsTheLastFailureWithoutAskingAgain() {
    readings.add(() -> fail("away"));
    vhost.refresh();

    assertThatThrownBy(vhost::snapshot).isInstanceOf(BrokerException.class).hasMessage("away");
  }

  @Test
  void answersAgainAfterARecovery() {
    readings.add(() -> fail("away"));
    readings.add(() -> absent());
    vhost.refresh();

    vhost.refresh();

    assertThat(vhost.snapshot()).isEqualTo(absent());
  }

  private static VhostSnapshot slowReading(AtomicInteger count, CountDownLatch answer) {
    count.incrementAndGet();
    try {
      answer.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return absent();
  }

  private static VhostSnapshot fail(String why) {
    throw new BrokerException(BrokerException.Kind.UNREACHABLE, why);
  }
}
