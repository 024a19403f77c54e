package dev.warren.worker.amqp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What tasks ask of a channel, until its owner takes it. Any thread may ask, none ever waits, not
/// even for a lock: thousands of tasks end in every second, and a virtual thread that meets a held
/// monitor costs more than its task. The thread that made it, the channel's owner, takes.
final class SettlementQueue {
  /// How long a finished task may wait for others to be acknowledged with.
  private static final long LINGER = Duration.ofMillis(2).toNanos();

  private final Thread owner = Thread.currentThread();
  private final Queue<Long> finished = new ConcurrentLinkedQueue<>();
  private final Queue<Long> givenBack = new ConcurrentLinkedQueue<>();

  /// Tasks that finished since the owner last looked, or a few more.
  private final AtomicInteger unseen = new AtomicInteger();

  /// So many finished tasks are worth waking the owner for. Written by the owner, read by all.
  private volatile int worthWaking;

  /// Whether the owner sleeps until it is woken. Written by the owner, read by all.
  private volatile boolean idle;

  private final AtomicBoolean cancelWanted = new AtomicBoolean();

  /// Written by whoever asks, and by the owner before it looks about.
  private volatile boolean awake;

  /// Written by whoever asks, read by the owner.
  private volatile boolean closeWanted;

  /// Why the channel is of no more use; written once, by whoever learns it first.
  private final AtomicReference<@Nullable Obstacle> broken = new AtomicReference<>();

  /// Used by the owner alone, as the next.
  private final AckWindow window;

  private long lingerUntil = System.nanoTime();

  /// @param prefetch deliveries that may be outstanding at once
  SettlementQueue(int prefetch) {
    window = new AckWindow(prefetch);
    worthWaking = AckWindow.mostCombined(prefetch);
  }

  /// What the owner has to do, in this order: cancel, give back, acknowledge, close. Giving back
  /// comes before acknowledging because a multiple acknowledgement may reach over it.
  ///
  /// @param broken why the channel is of no more use, if it is; then nothing else matters
  record Work(
      List<Long> giveBack,
      List<Acknowledgement> acknowledge,
      boolean cancel,
      boolean close,
      Optional<Obstacle> broken) {}

  void acknowledge(long tag) {
    finished.add(tag);
    if (unseen.incrementAndGet() == worthWaking || idle) {
      LockSupport.unpark(owner);
    }
  }

  void giveBack(long tag) {
    givenBack.add(tag);
    LockSupport.unpark(owner);
  }

  /// Makes the owner look about.
  void wake() {
    awake = true;
    LockSupport.unpark(owner);
  }

  /// Asks for the end of deliveries.
  void cancel() {
    cancelWanted.set(true);
    LockSupport.unpark(owner);
  }

  /// Asks for the end of the channel, after everything asked before.
  void close() {
    closeWanted = true;
    LockSupport.unpark(owner);
  }

  /// Says that the channel is of no more use; the first reason counts.
  void breakOff(Obstacle reason) {
    broken.compareAndSet(null, reason);
    LockSupport.unpark(owner);
  }

  boolean isBroken() {
    return broken.get() != null;
  }

  /// Another number of deliveries may be outstanding from now on; called by the owner.
  void resize(int prefetch) {
    window.resize(prefetch);
    worthWaking = AckWindow.mostCombined(prefetch);
  }

  /// Waits until there is something to do, or until this time has passed; called by the owner.
  Work take(Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    lookAtFinished();
    while (!isDue() && end - System.nanoTime() > 0) {
      rest(end);
      lookAtFinished();
    }
    return takeWork();
  }

  private void rest(long end) throws InterruptedException {
    if (window.isEmpty() && lingerIsOver()) {
      idle = true;
      if (finished.isEmpty() && !isDue()) { // and whoever asked before may not have seen it idle
        LockSupport.parkNanos(this, end - System.nanoTime());
      }
      idle = false;
      lingerUntil = System.nanoTime() + LINGER;
    } else {
      LockSupport.parkNanos(this, lingerUntil - System.nanoTime());
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private void lookAtFinished() {
    unseen.set(0);
    for (var tag = finished.poll(); tag != null; tag = finished.poll()) {
      window.finish(tag);
    }
  }

  /// A close holds for what was asked before it, and so is read before that.
  private Work takeWork() {
    var close = closeWanted;
    var cancel = cancelWanted.getAndSet(false);
    awake = false;
    var giveBack = takeGivenBack();
    lookAtFinished();
    var everything = close || cancel || lingerIsOver();
    lingerUntil = System.nanoTime() + LINGER;
    return new Work(
        giveBack,
        everything ? window.takeAll() : window.take(),
        cancel,
        close,
        Optional.ofNullable(broken.get()));
  }

  private List<Long> takeGivenBack() {
    var tags = new ArrayList<Long>();
    for (var tag = givenBack.poll(); tag != null; tag = givenBack.poll()) {
      window.giveBack(tag);
      tags.add(tag);
    }
    return tags;
  }

  private boolean isDue() {
    return isBroken()
        || closeWanted
        || cancelWanted.get()
        || awake
        || !givenBack.isEmpty()
        || window.isFull()
        || (!window.isEmpty() && lingerIsOver());
  }

  private boolean lingerIsOver() {
    return System.nanoTime() - lingerUntil >= 0;
  }
}
