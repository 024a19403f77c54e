package dev.warren.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.warren.worker.testing.CountingMonitor;
import dev.warren.worker.testing.FakeDelivery;
import dev.warren.worker.testing.NoDeliveries;
import dev.warren.worker.testing.RecordingTracing;
import dev.warren.worker.testing.WorkerConfigurations;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// Spans of attempts that do not end on their own threads.
class TaskSpanTest {
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(30);

  private final RecordingTracing tracing = new RecordingTracing();
  private final CountDownLatch release = new CountDownLatch(1);

  @Test
  void endsOnceWhenTheHandlerHangs() {
    var engine = engine(SHORT);
    engine.start(new NoDeliveries(), () -> {});

    engine.accept(FakeDelivery.of("1"));

    await().until(() -> tracing.told().contains("end retry"));
    release.countDown();
    await().until(() -> engine.state().hung() == 0);
    assertThat(tracing.told()).containsExactly("begin 1", "failed Timeout", "send", "end retry");
  }

  @Test
  void tellsOfAPoisonTaskThatIsNotRunAgain() {
    var engine = engine(LONG);

    engine.accept(FakeDelivery.redeliveredAlone("1", 14, 1));

    await().until(() -> tracing.told().contains("end fail"));
    assertThat(tracing.told()).containsExactly("begin 1", "failed PoisonTask", "send", "end fail");
  }

  private TaskEngine engine(Duration taskTimeout) {
    return new TaskEngine(
        WorkerConfigurations.with(10, taskTimeout, LONG),
        "pod-1",
        (_, _, _) -> blockIgnoringInterrupts(),
        new CountingMonitor(),
        tracing,
        Optional.empty(),
        Clock.systemUTC(),
        SHORT);
  }

  private Outcome blockIgnoringInterrupts() {
    while (true) {
      try {
        release.await();
        return Outcome.done();
      } catch (InterruptedException _) {
        // That is the point.
      }
    }
  }
}
