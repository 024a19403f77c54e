package dev.warren.worker.amqp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What tasks ask of a channel, until its owner takes it. Any thread may ask, none ever waits; one
/// thread, the channel's owner, takes. Everything is guarded by this object's monitor.
final class SettlementQueue {
  /// How long a finished task may wait for others to be acknowledged with.
  private static final Duration LINGER = Duration.ofMillis(2);

  private final AckWindow window;
  private List<Long> givenBack = new ArrayList<>();
  private long lingerUntil;
  private boolean cancelWanted;
  private boolean closeWanted;
  private Optional<Obstacle> broken = Optional.empty();

  SettlementQueue(int prefetch) {
    this.window = new AckWindow(prefetch);
  }

  /// What the owner has to do, in this order: give back, acknowledge, cancel, close. Giving back
  /// comes first because a multiple acknowledgement may reach over it.
  ///
  /// @param broken why the channel is of no more use, if it is; then nothing else matters
  record Work(
      List<Long> giveBack,
      List<Acknowledgement> acknowledge,
      boolean cancel,
      boolean close,
      Optional<Obstacle> broken) {}

  /// A delivery has come; called in the order of tags, before anything else is asked for it.
  synchronized void deliver(long tag) {
    window.deliver(tag);
  }

  synchronized void acknowledge(long tag) {
    if (window.isEmpty()) {
      lingerUntil = System.nanoTime() + LINGER.toNanos();
      notifyAll();
    }
    window.finish(tag);
    if (window.isFull()) {
      notifyAll();
    }
  }

  synchronized void giveBack(long tag) {
    window.giveBack(tag);
    givenBack.add(tag);
    notifyAll();
  }

  /// Asks for the end of deliveries.
  synchronized void cancel() {
    cancelWanted = true;
    notifyAll();
  }

  /// Asks for the end of the channel, after everything asked before.
  synchronized void close() {
    closeWanted = true;
    notifyAll();
  }

  /// Says that the channel is of no more use; the first reason counts.
  synchronized void breakOff(Obstacle reason) {
    if (broken.isEmpty()) {
      broken = Optional.of(reason);
      notifyAll();
    }
  }

  synchronized boolean isBroken() {
    return broken.isPresent();
  }

  /// Waits until there is something to do.
  synchronized Work take() throws InterruptedException {
    while (!isDue()) {
      if (window.isEmpty()) {
        wait();
      } else {
        TimeUnit.NANOSECONDS.timedWait(this, lingerUntil - System.nanoTime());
      }
    }
    var everything = closeWanted || cancelWanted || lingerIsOver();
    var work =
        new Work(
            givenBack,
            everything ? window.takeAll() : window.take(),
            cancelWanted,
            closeWanted,
            broken);
    givenBack = new ArrayList<>();
    cancelWanted = false;
    lingerUntil = System.nanoTime() + LINGER.toNanos();
    return work;
  }

  private boolean isDue() {
    return broken.isPresent()
        || closeWanted
        || cancelWanted
        || !givenBack.isEmpty()
        || window.isFull()
        || (!window.isEmpty() && lingerIsOver());
  }

  private boolean lingerIsOver() {
    return System.nanoTime() - lingerUntil >= 0;
  }
}
