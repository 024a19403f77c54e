package dev.warren.worker;

import dev.warren.model.WorkerConfiguration;
import java.time.Clock;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs deliveries: each on a virtual thread of its own, as many at once as there are permits, in
/// the order in which they came.
///
/// {@link #accept} may be called by any thread and never blocks. {@link #start} and {@link #stop}
/// are called once each, by the owner.
public final class TaskEngine {
  private static final Logger LOG = LoggerFactory.getLogger(TaskEngine.class);

  /// How long interrupted tasks may take to notice.
  private static final Duration INTERRUPT_GRACE = Duration.ofSeconds(3);

  private enum Phase {
    /// Deliveries start as permits allow.
    RUNNING,
    /// Fetching is being stopped; given back now, a delivery could come straight back here.
    HOLDING,
    /// Whatever has not started goes back at once.
    DRAINING
  }

  private final WorkerConfiguration configuration;
  private final Clock clock;
  private final TaskProcessor processor;
  private final Semaphore permits;
  private final Watchdog watchdog;
  private final CountDownLatch stopping = new CountDownLatch(1);

  /// Deliveries without a permit; the broker's prefetch bounds it.
  private final Queue<Delivery> waiting = new ConcurrentLinkedQueue<>();

  /// From permit to settlement.
  private final Set<Attempt> attempts = ConcurrentHashMap.newKeySet();

  /// Written by the stopping thread, read by all.
  private volatile Phase phase = Phase.RUNNING;

  /// An engine for these settings.
  ///
  /// @param pod name of this pod, for error headers
  public TaskEngine(
      WorkerConfiguration configuration,
      String pod,
      TaskRunner runner,
      TaskMonitor monitor,
      Clock clock) {
    this.configuration = configuration;
    this.clock = clock;
    var rules = new SettlementRules(configuration, pod, RandomGenerator.getDefault());
    this.processor = new TaskProcessor(rules, runner, monitor, clock, stopping);
    this.permits = new Semaphore(configuration.concurrency());
    this.watchdog = new Watchdog(attempts, configuration.taskTimeout(), clock);
  }

  /// Starts to watch over deadlines.
  public void start() {
    watchdog.start();
  }

  /// Whether the engine's own thread runs.
  public boolean isAlive() {
    return watchdog.isAlive();
  }

  /// Takes a delivery, to run it when a permit is free.
  public void accept(Delivery delivery) {
    waiting.add(delivery);
    advance();
  }

  /// Stops for good: fetches no more, gives back what has not started, lets tasks finish until the
  /// drain deadline, interrupts the others and gives them back, closes the source.
  public void stop(DeliverySource source) throws InterruptedException {
    phase = Phase.HOLDING;
    source.stopFetching();
    phase = Phase.DRAINING;
    stopping.countDown();
    advance();
    LOG.atInfo().addKeyValue("in_flight", attempts.size()).log("Draining tasks");
    if (!awaitAttempts(configuration.drainDeadline())) {
      attempts.forEach(Attempt::stop);
      awaitAttempts(INTERRUPT_GRACE);
    }
    attempts.forEach(attempt -> attempt.delivery().giveBack());
    source.close();
    watchdog.stop();
  }

  private void advance() {
    switch (phase) {
      case RUNNING -> startWaiting();
      case HOLDING -> {}
      case DRAINING -> giveBackWaiting();
    }
  }

  /// Looks at the queue again after every permit that it returns, because a delivery may have come
  /// while it held the last one.
  private void startWaiting() {
    while (!waiting.isEmpty() && permits.tryAcquire()) {
      var delivery = waiting.poll();
      if (delivery != null && delivery.isOutstanding()) {
        start(delivery);
      } else {
        permits.release();
      }
    }
  }

  private void giveBackWaiting() {
    for (var delivery = waiting.poll(); delivery != null; delivery = waiting.poll()) {
      delivery.giveBack();
    }
  }

  private void start(Delivery delivery) {
    var attempt =
        new Attempt(delivery, clock.instant(), configuration.taskTimeout(), this::process);
    attempts.add(attempt);
    if (phase == Phase.DRAINING) { // and the stopping thread may have counted attempts before this
      attempts.remove(attempt);
      delivery.giveBack();
    } else {
      attempt.start();
    }
  }

  private void process(Attempt attempt) {
    try {
      processor.process(attempt, this::releasePermit);
    } catch (RuntimeException | Error e) {
      LOG.atError().setCause(e).log("A delivery could not be settled; it goes back");
      attempt.delivery().giveBack();
    } finally {
      attempts.remove(attempt);
      attempt.end();
    }
  }

  private void releasePermit() {
    permits.release();
    advance();
  }

  /// @return whether all have ended in time
  private boolean awaitAttempts(Duration limit) throws InterruptedException {
    var end = clock.instant().plus(limit);
    for (var attempt : attempts) {
      if (!attempt.awaitEnd(Duration.between(clock.instant(), end))) {
        return false;
      }
    }
    return true;
  }
}
