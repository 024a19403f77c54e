package dev.warren.worker.amqp;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.warren.worker.Delivery;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// Two connections to a broker and what hangs on them, until one of them breaks or no source can be
/// consumed: each source has a channel of its own on the one connection, all share the channel for
/// successors on the other. The thread that opened a session serves and closes it; other threads
/// call the rest.
final class Session {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Connection consuming;
  private final Connection publishing;
  private final SuccessorPublisher successors;
  private final List<Subscription> subscriptions;

  /// Why the session is of no more use; written once, by whoever learns it first.
  private final AtomicReference<@Nullable Obstacle> broken = new AtomicReference<>();

  /// Written by the sources' threads; read by the owner.
  private volatile boolean consumed;

  /// Takes over both connections. Deliveries don't come before {@link #serve}.
  ///
  /// @param window deliveries that each source may have outstanding, 0 for no consumer
  /// @param sink takes deliveries, at once and on any thread
  Session(
      AmqpSettings settings,
      IntSupplier window,
      Connection consuming,
      Connection publishing,
      Consumer<Delivery> sink)
      throws IOException {
    this.consuming = consuming;
    this.publishing = publishing;
    var channel = publishing.openChannel().orElseThrow(() -> new IOException("no channel is free"));
    this.successors = new SuccessorPublisher(channel);
    this.subscriptions =
        settings.sources().stream()
            .map(
                queue ->
                    new Subscription(
                        settings, queue, window, consuming, successors, sink, this::sourceChanged))
            .toList();
    consuming.addShutdownListener(this::breakOff);
    publishing.addShutdownListener(this::breakOff);
    channel.addShutdownListener(this::breakOff);
  }

  /// Consumes the sources until the session breaks, and says why; nothing if it was finished.
  Optional<Obstacle> serve() throws InterruptedException {
    subscriptions.forEach(Subscription::start);
    for (var subscription : subscriptions) {
      subscription.join();
    }
    return Optional.ofNullable(broken.get());
  }

  /// Whether any source has been consumed.
  boolean hasConsumed() {
    return consumed;
  }

  /// Whether at least one source is being consumed.
  boolean isConsuming() {
    return broken.get() == null && subscriptions.stream().anyMatch(Subscription::isConsumed);
  }

  /// Whether deliveries may still come, from any source.
  boolean isFetching() {
    return broken.get() == null && subscriptions.stream().anyMatch(Subscription::isFetching);
  }

  /// Says that the window has changed.
  void followWindow() {
    subscriptions.forEach(Subscription::followWindow);
  }

  /// Ends the flow of deliveries and waits until the broker has agreed or the session is broken.
  void stopFetching() throws InterruptedException {
    subscriptions.forEach(Subscription::stopFetching);
    for (var subscription : subscriptions) {
      subscription.awaitQuiet();
    }
  }

  /// Ends {@link #serve} when everything asked before is sent.
  void finish() {
    subscriptions.forEach(Subscription::finish);
  }

  /// Closes both connections.
  void close() {
    breakOff(Obstacle.of("the session is closed"));
    consuming.abort((int) CLOSE_TIMEOUT.toMillis());
    publishing.abort((int) CLOSE_TIMEOUT.toMillis());
  }

  /// Without a source there is nothing to disturb, and a new session has the binding of the day.
  /// The reason is that of the first source, whichever was lost last, to read the same every time.
  private void sourceChanged() {
    if (isConsuming()) {
      consumed = true;
    }
    if (subscriptions.stream().allMatch(source -> source.obstacle().isPresent())) {
      subscriptions.getFirst().obstacle().ifPresent(this::breakOff);
    }
  }

  private void breakOff(ShutdownSignalException signal) {
    breakOff(Obstacle.of(signal));
  }

  private void breakOff(Obstacle reason) {
    broken.compareAndSet(null, reason);
    successors.breakOff();
    subscriptions.forEach(subscription -> subscription.abandon(reason));
  }
}
