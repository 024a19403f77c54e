package dev.warren.client;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Keeps one channel open for a publisher: connects, connects again with back-off after a loss, and
/// lets senders wait for it. One thread of its own, the keeper, connects and closes; any thread
/// awaits.
final class Link {
  private static final Logger log = LoggerFactory.getLogger(Link.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration LONGEST_EXPIRY_PERIOD = Duration.ofSeconds(1);

  private final PublisherSettings settings;
  private final BackOff backOff = BackOff.DEFAULT;
  private final ScheduledExecutorService keeper =
      Executors.newSingleThreadScheduledExecutor(
          task -> BrokerConnection.daemon(task, "warren-client-link"));

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Read and written under the lock, by any thread.
  private @Nullable ConfirmChannel channel;
  private @Nullable String blocked;
  private String lastFailure = "still connecting";
  private boolean closed;

  /// Written by the keeper; read by the thread that closes.
  private volatile @Nullable BrokerConnection connection;

  // The keeper's own.
  private int failures;
  private Deadline provenAt = Deadline.in(Duration.ZERO);

  Link(PublisherSettings settings) {
    this.settings = settings;
  }

  /// Begins to connect. Goes on until closed.
  void start() {
    var quarter = settings.confirmTimeout().dividedBy(4);
    var period = quarter.compareTo(LONGEST_EXPIRY_PERIOD) < 0 ? quarter : LONGEST_EXPIRY_PERIOD;
    keeper.execute(this::connect);
    var unused =
        keeper.scheduleWithFixedDelay(
            this::expire, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// The channel to send on, as soon as there is one and the broker takes messages; empty at the
  /// deadline, or when this is closed.
  Optional<ConfirmChannel> await(Deadline deadline) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var left = deadline.remainingNanos();
      while (!closed && (channel == null || blocked != null) && left > 0) {
        left = changed.awaitNanos(left);
      }
      return closed || blocked != null ? Optional.empty() : Optional.ofNullable(channel);
    } finally {
      lock.unlock();
    }
  }

  /// Why nothing can be sent now.
  String obstacle() {
    lock.lock();
    try {
      if (closed) {
        return "the publisher is closed";
      }
      if (channel == null) {
        return "no connection to the broker (%s)".formatted(lastFailure);
      }
      return blocked == null
          ? "the connection is busy with earlier tasks"
          : "the broker takes no messages (%s)".formatted(blocked);
    } finally {
      lock.unlock();
    }
  }

  /// Ends the connection, within a few seconds; tasks that still await their confirm fail.
  void close() {
    update(() -> closed = true);
    keeper.execute(this::disconnect);
    try {
      if (!keeper.awaitTermination(CLOSE_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS)) {
        sever();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      sever();
    }
  }

  private void connect() {
    try {
      update(() -> channel = null);
      var current = currentConnection();
      var opened = ConfirmChannel.open(current, settings.confirmTimeout(), this::lost);
      provenAt = Deadline.in(backOff.longest());
      update(() -> channel = opened);
      log.atInfo().setMessage("Ready to publish").addKeyValue("name", exchange()).log();
    } catch (IOException | TimeoutException | GeneralSecurityException | RuntimeException e) {
      retry(CloseReason.ofFailedConnect(e));
    }
  }

  /// The connection in use, or a new one: a channel may close while its connection stays.
  private BrokerConnection currentConnection()
      throws IOException, TimeoutException, GeneralSecurityException {
    var current = connection;
    if (current == null || !current.isOpen()) {
      update(() -> blocked = null);
      current =
          BrokerConnection.open(
              settings.broker().get(),
              reason -> update(() -> blocked = reason),
              () -> update(() -> blocked = null));
      connection = current;
    }
    return current;
  }

  /// Called on whatever thread the loss came to light, once for each channel.
  private void lost(ConfirmChannel old, CloseReason reason) {
    update(
        () -> {
          if (channel == old) {
            channel = null;
            lastFailure = reason.text();
          }
          if (!closed) {
            keeper.execute(() -> reconnect(reason));
          }
        });
  }

  private void reconnect(CloseReason reason) {
    if (provenAt.hasPassed()) {
      failures = 0;
    }
    retry(reason.text());
  }

  private void retry(String reason) {
    failures++;
    log.atLevel(failures == 1 ? Level.WARN : Level.DEBUG)
        .setMessage("No channel to publish on; connecting again")
        .addKeyValue("name", exchange())
        .addKeyValue("attempt", failures)
        .addKeyValue("status", reason)
        .log();
    update(
        () -> {
          lastFailure = reason;
          if (!closed) {
            var delay = backOff.delay(failures, ThreadLocalRandom.current());
            var unused = keeper.schedule(this::connect, delay.toNanos(), TimeUnit.NANOSECONDS);
          }
        });
  }

  private void expire() {
    var current = current();
    if (current != null) {
      current.expire();
    }
  }

  private @Nullable ConfirmChannel current() {
    lock.lock();
    try {
      return channel;
    } finally {
      lock.unlock();
    }
  }

  /// The keeper's last task.
  private void disconnect() {
    var last = connection;
    if (last != null) {
      last.close();
    }
    keeper.shutdownNow();
  }

  private void sever() {
    var last = connection;
    if (last != null) {
      last.sever();
    }
  }

  private void update(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private String exchange() {
    return settings.target().exchange();
  }
}
