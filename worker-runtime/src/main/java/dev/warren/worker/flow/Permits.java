package dev.warren.worker.flow;

import java.util.concurrent.atomic.AtomicInteger;

/// How many tasks may run at once. The number may change at any time: fewer permits take effect as
/// those in use come back. Safe for use by many threads; only {@link #resize} is for one at a time.
public final class Permits {
  /// The limit less those in use; below 0 while more are in use than the limit allows.
  private final AtomicInteger free;

  /// Written by whoever resizes, read by all.
  private volatile int limit;

  /// @param limit of permits, at least 0
  public Permits(int limit) {
    this.limit = limit;
    this.free = new AtomicInteger(limit);
  }

  /// Takes a permit if there is one.
  public boolean tryAcquire() {
    int seen = free.get();
    while (seen > 0) {
      int witness = free.compareAndExchange(seen, seen - 1);
      if (witness == seen) {
        return true;
      }
      seen = witness;
    }
    return false;
  }

  /// Brings back a permit that was taken.
  public void release() {
    free.incrementAndGet();
  }

  /// Sets the limit.
  public synchronized void resize(int wanted) {
    int change = wanted - limit;
    if (change != 0) {
      limit = wanted;
      free.addAndGet(change);
    }
  }

  /// The present limit.
  public int limit() {
    return limit;
  }

  /// How many are in use; may be off by a few while others take and bring back.
  public int used() {
    return Math.max(0, limit - free.get());
  }
}
