package dev.warren.worker.idempotency;

import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Extends the leases of tasks that run, from one thread for all. The same thread finds out when a
/// store that failed answers again, tells it what it missed, and has it cleaned up now and then.
///
/// {@link #keep} and {@link #end} are for the tasks' threads, the rest for the owner.
final class LeaseKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

  /// Ends that the store could not be told of; 300 bytes each.
  private static final int MAX_UNTOLD = 10_000;

  private static final Duration LONGEST_PERIOD = Duration.ofSeconds(1);
  private static final Duration BETWEEN_CLEANUPS = Duration.ofMinutes(1);

  /// An attempt's end.
  ///
  /// @param done whether the task is, else it can be run again
  private record End(Lease lease, boolean done) {}

  private final WatchedStore store;
  private final IdempotencyTimes times;
  private final String probeKey;
  private final Set<Lease> running = ConcurrentHashMap.newKeySet();
  private final Queue<End> untold = new ArrayBlockingQueue<>(MAX_UNTOLD);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform().daemon().name("idempotency").unstarted(this::run);

  /// Written and read by the keeper's thread. The first cleanup comes at once.
  private long cleanedAt = System.nanoTime() - BETWEEN_CLEANUPS.toNanos();

  /// @param probeKey a key that no task has
  LeaseKeeper(WatchedStore store, IdempotencyTimes times, String probeKey) {
    this.store = store;
    this.times = times;
    this.probeKey = probeKey;
  }

  void start() {
    thread.start();
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  /// Returns when the thread has ended, after it has told the store what that has missed, if it
  /// answers.
  void stop() throws InterruptedException {
    stopped.countDown();
    thread.join();
  }

  /// Keeps a lease from lapsing until its end.
  void keep(Lease lease) {
    running.add(lease);
  }

  /// Ends a lease and tells the store, now or when it answers again. An interrupt of the calling
  /// thread is not for this: it would close the connection.
  void end(Lease lease, boolean done) {
    running.remove(lease);
    lease.end();
    boolean interrupted = Thread.interrupted();
    try {
      var end = new End(lease, done);
      if (!tell(end) && !untold.offer(end)) {
        LOG.atWarn()
            .addKeyValue("reason", "too many are waiting to be recorded")
            .log("A task's end was not recorded");
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    try {
      while (!stopped.await(period().toMillis(), TimeUnit.MILLISECONDS)) {
        attend();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    tellUntold();
  }

  private void attend() {
    try {
      if (store.trouble().isPresent()) {
        store.probe(probeKey, "probe", times.lease());
      }
      extendLeases();
      tellUntold();
      cleanUp();
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("Leases could not be attended to; trying again");
    }
  }

  /// After a third of the time, so that two extensions may fail.
  private void extendLeases() {
    running.removeIf(Lease::isCancelled);
    for (var lease : running) {
      if (lease.isOlderThan(times.lease().toNanos() / 3) && store.trouble().isEmpty()) {
        lease.extend(() -> extend(lease));
      }
    }
  }

  private void extend(Lease lease) {
    store
        .claim(lease.key(), lease.owner(), times.lease())
        .filter(claim -> !(claim instanceof Claim.Claimed))
        .ifPresent(
            _ -> {
              running.remove(lease);
              LOG.atWarn()
                  .addKeyValue("reason", "its lease had ended while the store did not answer")
                  .log("A task that runs here was claimed by another worker");
            });
  }

  private void tellUntold() {
    for (var end = untold.peek(); end != null && tell(end); end = untold.peek()) {
      untold.remove();
    }
  }

  /// @return whether the store was told
  private boolean tell(End end) {
    var lease = end.lease();
    return end.done()
        ? store.record(lease.key(), lease.owner(), times.timeToLive()).isPresent()
        : store.release(lease.key(), lease.owner()).isPresent();
  }

  private void cleanUp() {
    if (System.nanoTime() - cleanedAt > BETWEEN_CLEANUPS.toNanos()) {
      cleanedAt = System.nanoTime();
      store.removeExpired();
    }
  }

  private Duration period() {
    var tenth = times.lease().dividedBy(10);
    return tenth.compareTo(LONGEST_PERIOD) < 0 ? tenth : LONGEST_PERIOD;
  }
}
