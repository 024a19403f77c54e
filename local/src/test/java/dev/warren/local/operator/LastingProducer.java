package dev.warren.local.operator;

import dev.warren.client.NewTask;
import dev.warren.client.PublisherSettings;
import dev.warren.client.TaskPublisher;
import dev.warren.client.UnconfirmedTaskException;
import dev.warren.client.UnroutableTaskException;
import dev.warren.client.UnsentTaskException;
import dev.warren.local.operator.Ledger.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A producer for one TaskQueue that goes on whatever happens, with a binding and nothing else, and
/// enters in a ledger what it was told.
final class LastingProducer {
  private static final Duration PAUSE = Duration.ofMillis(15);

  /// Of a task that fails as often as it is tried.
  private static final int ALWAYS = 100;

  private final String queue;
  private final Ledger ledger;
  private final Random random;
  private final TaskPublisher publisher;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;

  /// Written by the thread, read by all.
  private final AtomicInteger confirmed = new AtomicInteger();

  /// What the thread did not expect. Written by it, read after its end.
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

  /// @param binding directory of the TaskQueue's binding
  /// @param random decides about the tasks; for this producer only
  LastingProducer(String queue, Path binding, Ledger ledger, Random random) {
    this.queue = queue;
    this.ledger = ledger;
    this.random = random;
    publisher = TaskPublisher.open(PublisherSettings.of(binding));
    thread = Thread.ofVirtual().name("producer of " + queue).start(this::produce);
  }

  /// How many tasks the broker has confirmed so far.
  int confirmed() {
    return confirmed.get();
  }

  /// Publishes nothing more, and waits for what is under way.
  ///
  /// @throws RuntimeException that it did not expect
  void stop() throws InterruptedException {
    stopping.countDown();
    thread.join();
    publisher.close();
    var found = failure.get();
    if (found != null) {
      throw found;
    }
  }

  private void produce() {
    try {
      for (int number = 0; !stopping.await(PAUSE.toNanos(), TimeUnit.NANOSECONDS); number++) {
        var id = queue + "-" + number;
        var at = Instant.now();
        ledger.published(id, queue, at, publish(id));
      }
    } catch (RuntimeException e) {
      failure.set(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Answer publish(String id) {
    try {
      publisher.publish(NewTask.of(body(id)).withId(id).withRoutingKey(queue));
      confirmed.incrementAndGet();
      return Answer.CONFIRMED;
    } catch (UnconfirmedTaskException _) {
      return Answer.UNCERTAIN;
    } catch (UnsentTaskException _) {
      return Answer.UNSENT;
    } catch (UnroutableTaskException _) {
      return Answer.RETURNED;
    }
  }

  /// Most tasks are done at once, some fail first, some always, and some nobody can read.
  private String body(String id) {
    var file = ledger.file(id).toString();
    var millis = random.nextInt(20);
    return switch (random.nextInt(50)) {
      case 0 -> "{\"file\": ";
      case 1 -> new RecordingHandler.Entry(file, millis, ALWAYS).json();
      case 2, 3, 4, 5 -> new RecordingHandler.Entry(file, millis, 1).json();
      default -> new RecordingHandler.Entry(file, millis, 0).json();
    };
  }
}
