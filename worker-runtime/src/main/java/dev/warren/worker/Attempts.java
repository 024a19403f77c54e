package dev.warren.worker;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The attempts that run, each on a virtual thread of its own, from permit to settlement: started,
/// watched for their deadline, taken from handlers that hang, and waited for at the end. Safe for
/// use by many threads; {@link #startWatch}, {@link #close}, {@link #await} and {@link #abandon}
/// are the owner's, in this order.
final class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  /// How long interrupted tasks may take to notice.
  private static final Duration INTERRUPT_GRACE = Duration.ofSeconds(3);

  private final TaskProcessor processor;
  private final Supplier<SettlementRules> rules;
  private final HandBack handBack;
  private final Runnable permitReturned;
  private final Clock clock;
  private final Watchdog watchdog;
  private final Set<Attempt> running = ConcurrentHashMap.newKeySet();
  private final HungTasks hung = new HungTasks();

  /// Run when too many handlers hang. Written by {@link #startWatch}, read by the watchdog.
  private volatile Runnable recycle = () -> {};

  /// Written by {@link #close}, read by all.
  private volatile boolean closed;

  /// @param rules those of the day
  /// @param permitReturned run when an attempt needs its permit no more
  /// @param timeoutGrace how long a task that was cancelled at its deadline may take to end
  Attempts(
      TaskProcessor processor,
      Supplier<SettlementRules> rules,
      HandBack handBack,
      Runnable permitReturned,
      Duration timeoutGrace,
      Clock clock) {
    this.processor = processor;
    this.rules = rules;
    this.handBack = handBack;
    this.permitReturned = permitReturned;
    this.clock = clock;
    this.watchdog = new Watchdog(running, limit(), timeoutGrace, this::takeFromHung, clock);
  }

  /// Starts to watch over deadlines.
  ///
  /// @param recycle run once if too many handlers hang for this pod to be of use
  void startWatch(Runnable recycle) {
    this.recycle = recycle;
    watchdog.start();
  }

  boolean isWatched() {
    return watchdog.isAlive();
  }

  boolean isEmpty() {
    return running.isEmpty();
  }

  int size() {
    return running.size();
  }

  /// How many handlers go on after their deadline and the interrupt.
  int hung() {
    return hung.size();
  }

  /// Starts one that has its permit; gives it back if there are to be no more.
  void start(Delivery delivery) {
    var attempt = new Attempt(delivery, clock.instant(), limit(), this::process);
    running.add(attempt);
    if (closed) { // and the closing thread may have counted attempts before this
      running.remove(attempt);
      handBack.giveBack(delivery);
    } else {
      attempt.start();
    }
  }

  /// Makes a dead letter of a task that is not to be run again. Returns at once.
  void settlePoisoned(Delivery delivery) {
    Thread.ofVirtual().name("poisoned").start(() -> processor.settlePoisoned(delivery));
  }

  /// From now on none starts.
  void close() {
    closed = true;
  }

  /// Waits for all to end, and interrupts those that have not in time.
  void await(Duration limit) throws InterruptedException {
    if (!haveEnded(limit)) {
      running.forEach(Attempt::stop);
      haveEnded(INTERRUPT_GRACE);
    }
  }

  /// Gives back the tasks of those that have not ended.
  void abandon() {
    running.stream().filter(Attempt::take).forEach(this::abandon);
  }

  void stopWatch() {
    watchdog.stop();
  }

  private void abandon(Attempt left) {
    left.span().end(TaskStatus.RETURNED);
    handBack.giveBack(left.delivery());
  }

  private Duration limit() {
    return rules.get().configuration().taskTimeout();
  }

  private void process(Attempt attempt) {
    try {
      processor.process(attempt, permitReturned);
    } catch (RuntimeException | Error e) {
      giveBackUnsettled(attempt, e);
    } finally {
      if (attempt.isTaken()) {
        hung.remove(attempt);
      } else {
        end(attempt);
      }
    }
  }

  /// On a platform thread: handlers that compute without an end would keep a virtual one from its
  /// turn.
  private void takeFromHung(Attempt attempt) {
    if (attempt.take()) {
      hung.add(attempt, running, rules.get().configuration().flow().concurrency() / 2, recycle);
      Thread.ofPlatform().daemon().name("hung-task").start(() -> settleHung(attempt));
    }
  }

  private void settleHung(Attempt attempt) {
    try {
      permitReturned.run();
      processor.settleHung(attempt, Duration.between(attempt.deadline(), clock.instant()));
    } catch (RuntimeException | Error e) {
      giveBackUnsettled(attempt, e);
    } finally {
      end(attempt);
    }
  }

  private static void giveBackUnsettled(Attempt attempt, Throwable cause) {
    LOG.atError().setCause(cause).log("A delivery could not be settled; it goes back");
    attempt.delivery().giveBack();
    attempt.span().end(TaskStatus.RETURNED);
  }

  private void end(Attempt attempt) {
    running.remove(attempt);
    attempt.end();
  }

  /// @return whether all have ended in time
  private boolean haveEnded(Duration limit) throws InterruptedException {
    var end = clock.instant().plus(limit);
    for (var attempt : running) {
      if (!attempt.awaitEnd(Duration.between(clock.instant(), end))) {
        return false;
      }
    }
    return true;
  }
}
