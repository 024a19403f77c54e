package dev.warren.worker.idempotency;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A store that may fail: a failure is logged once, with its reason, and from then on nobody waits
/// for the store but {@link #probe}, until that finds it answering again. Safe for use by many
/// threads; the thread of the lease keeper probes.
final class WatchedStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedStore.class);

  /// A call that failed faster than this is tried again at once: most likely a pooled connection
  /// had died since its last use.
  private static final Duration STALE_CONNECTION = Duration.ofMillis(500);

  private final IdempotencyStore store;
  private final IdempotencyMonitor monitor;

  /// Null while the store answers. Written under this object's monitor; read by all.
  private volatile @Nullable Outage outage;

  private record Outage(String reason, long since) {}

  WatchedStore(IdempotencyStore store, IdempotencyMonitor monitor) {
    this.store = store;
    this.monitor = monitor;
    monitor.answers(true);
  }

  /// Claims a task or extends its lease; empty if the store does not answer.
  Optional<Claim> claim(String key, String owner, Duration lease) {
    return ask(() -> store.claim(key, owner, lease));
  }

  /// Records a task as done; empty if the store does not answer.
  Optional<Boolean> record(String key, String owner, Duration timeToLive) {
    return ask(() -> store.record(key, owner, timeToLive));
  }

  /// Releases a task; empty if the store does not answer.
  Optional<Boolean> release(String key, String owner) {
    return ask(
        () -> {
          store.release(key, owner);
          return true;
        });
  }

  /// Removes what has expired, if the store answers.
  void removeExpired() {
    var _ =
        ask(
            () -> {
              store.removeExpired();
              return true;
            });
  }

  /// Sees whether a store that failed answers again, by all that a task needs of it: a store that
  /// can be read but not written is of no use.
  void probe(String key, String owner, Duration lease) {
    var _ =
        askAnyway(
            () -> {
              store.claim(key, owner, lease);
              store.release(key, owner);
              return true;
            });
  }

  /// Why the store does not answer, if it does not.
  Optional<String> trouble() {
    return Optional.ofNullable(outage).map(Outage::reason);
  }

  /// Waits until the store answers.
  ///
  /// @return false if it does not in this time
  synchronized boolean awaitAnswer(Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    while (outage != null) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }

  @Override
  public void close() {
    store.close();
  }

  private <T> Optional<T> ask(Supplier<T> question) {
    return outage == null ? askAnyway(question) : Optional.empty();
  }

  private <T> Optional<T> askAnyway(Supplier<T> question) {
    long start = System.nanoTime();
    try {
      var answer = askTwice(question, start);
      answered();
      return Optional.of(answer);
    } catch (StoreException e) {
      // An interrupt ends the call of its thread by closing the connection.
      if (!Thread.currentThread().isInterrupted()) {
        failed(e);
      }
      return Optional.empty();
    } finally {
      monitor.asked(Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private static <T> T askTwice(Supplier<T> question, long start) {
    try {
      return question.get();
    } catch (StoreException e) {
      if (System.nanoTime() - start > STALE_CONNECTION.toNanos()
          || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return question.get();
    }
  }

  private void answered() {
    if (outage != null) {
      end();
    }
  }

  private synchronized void failed(StoreException e) {
    if (outage == null) {
      outage = new Outage(String.valueOf(e.getMessage()), System.nanoTime());
      monitor.answers(false);
      LOG.atWarn().addKeyValue("reason", e.getMessage()).log("The idempotency store failed");
    }
  }

  private synchronized void end() {
    var ended = outage;
    if (ended != null) {
      outage = null;
      notifyAll();
      monitor.answers(true);
      LOG.atInfo()
          .addKeyValue(
              "duration_ms", Duration.ofNanos(System.nanoTime() - ended.since()).toMillis())
          .log("The idempotency store answers again");
    }
  }
}
