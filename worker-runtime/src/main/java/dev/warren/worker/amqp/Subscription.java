package dev.warren.worker.amqp;

import com.rabbitmq.client.Connection;
import dev.warren.worker.Delivery;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// One source of a session, consumed over one channel after another: what befalls its queue, which
/// may not be there, befalls no other source. Its thread opens each channel and owns it; other
/// threads call {@link #stopFetching}, {@link #awaitQuiet}, {@link #finish} and {@link #abandon}.
final class Subscription {
  private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

  /// How the source stands.
  private sealed interface Standing {
    /// Its first channel is being opened.
    record Opening() implements Standing {}

    /// The broker has accepted a consumer.
    record Consumed() implements Standing {}

    /// It will be tried again.
    record Lost(Obstacle obstacle) implements Standing {}
  }

  private final Connection connection;
  private final SuccessorPublisher successors;
  private final String queue;
  private final IntSupplier window;
  private final String consumerTag;
  private final Consumer<Delivery> sink;
  private final Runnable changed;
  private final BackOff backOff = new BackOff(RandomGenerator.getDefault());

  /// At zero, no further channel may be opened.
  private final CountDownLatch ending = new CountDownLatch(1);

  /// At zero, no further delivery comes.
  private final CountDownLatch quiet = new CountDownLatch(1);

  private final Thread thread;

  /// Written by the thread of this source, read by all.
  private volatile Standing standing = new Standing.Opening();

  /// The channel being served. Written by the thread of this source, read by all.
  private volatile @Nullable ConsumerChannel channel;

  /// A source that is not consumed yet.
  ///
  /// @param connection to open channels on
  /// @param window deliveries that this source may have outstanding, 0 for no consumer
  /// @param changed run on this source's thread each time that it was consumed or lost
  Subscription(
      AmqpSettings settings,
      String queue,
      IntSupplier window,
      Connection connection,
      SuccessorPublisher successors,
      Consumer<Delivery> sink,
      Runnable changed) {
    this.connection = connection;
    this.successors = successors;
    this.queue = queue;
    this.window = window;
    this.consumerTag = settings.pod();
    this.sink = sink;
    this.changed = changed;
    // Not virtual: handlers that compute without a pause would keep it from its turn.
    this.thread = Thread.ofPlatform().daemon().name("amqp-source").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// Waits until the thread has ended.
  void join() throws InterruptedException {
    thread.join();
  }

  boolean isConsumed() {
    return standing instanceof Standing.Consumed;
  }

  /// Why it is not being consumed; empty while it is, and as long as nothing is known.
  Optional<Obstacle> obstacle() {
    return standing instanceof Standing.Lost(var obstacle)
        ? Optional.of(obstacle)
        : Optional.empty();
  }

  /// Whether deliveries may still come.
  boolean isFetching() {
    var current = channel;
    return current != null && current.isFetching();
  }

  /// Says that the window has changed.
  void followWindow() {
    var current = channel;
    if (current != null) {
      current.followWindow();
    }
  }

  /// Asks for the end of deliveries; what was handed out can still be settled.
  void stopFetching() {
    ending.countDown();
    var current = channel;
    if (current != null) {
      current.cancel();
    }
  }

  /// Waits until no more deliveries come.
  void awaitQuiet() throws InterruptedException {
    quiet.await();
  }

  /// Ends this source when everything asked before is sent.
  void finish() {
    ending.countDown();
    var current = channel;
    if (current != null) {
      current.finish();
    }
  }

  /// Ends this source now: the session is broken.
  void abandon(Obstacle reason) {
    ending.countDown();
    var current = channel;
    if (current != null) {
      current.breakOff(reason);
    }
    quiet.countDown();
  }

  private void run() {
    try {
      while (!isEnding()) {
        long start = System.nanoTime();
        var obstacle = consume();
        if (connection.isOpen()) { // else the session tells, and ends
          obstacle.ifPresent(this::lose);
        }
        var wait = backOff.after(Duration.ofNanos(System.nanoTime() - start));
        var _ = ending.await(wait.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      quiet.countDown();
    }
  }

  /// Opens a channel and serves it to its end. Says what ended it or kept it from opening; nothing
  /// if it was finished.
  private Optional<Obstacle> consume() throws InterruptedException {
    try {
      var opened = new ConsumerChannel(connection, queue, consumerTag, window, successors, sink);
      try {
        channel = opened;
        return serve(opened);
      } finally {
        channel = null;
        opened.close();
      }
    } catch (IOException | RuntimeException e) {
      return Optional.of(Obstacle.of(e));
    }
  }

  private Optional<Obstacle> serve(ConsumerChannel opened)
      throws IOException, InterruptedException {
    if (isEnding()) { // and the ending thread may have looked for the channel before
      return Optional.empty();
    }
    opened.consume(); // from here on an end is asked of the channel, which keeps what it delivered
    standing = new Standing.Consumed();
    changed.run();
    LOG.atInfo().addKeyValue("queue", queue).log("Consuming");
    return opened.serve(quiet::countDown);
  }

  /// Logs a reason once, however often it comes again before the next success; not when the session
  /// ends with it, which is reported as a whole.
  private void lose(Obstacle obstacle) {
    var known = standing.equals(new Standing.Lost(obstacle));
    standing = new Standing.Lost(obstacle);
    changed.run();
    if (!known && !isEnding()) {
      LOG.atLevel(obstacle.gone() ? Level.INFO : Level.WARN)
          .addKeyValue("queue", queue)
          .addKeyValue("reason", obstacle.text())
          .log("A source is not consumed; will go on trying");
    }
  }

  private boolean isEnding() {
    return ending.getCount() == 0;
  }
}
