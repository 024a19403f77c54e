package dev.warren.worker.idempotency;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts what happens to tasks.
final class CountingIdempotency implements IdempotencyMonitor {
  final AtomicInteger duplicates = new AtomicInteger();
  final AtomicInteger held = new AtomicInteger();
  final AtomicInteger unguarded = new AtomicInteger();

  /// Written and read by many.
  volatile boolean answers;

  @Override
  public void duplicate() {
    duplicates.incrementAndGet();
  }

  @Override
  public void held() {
    held.incrementAndGet();
  }

  @Override
  public void unguarded() {
    unguarded.incrementAndGet();
  }

  @Override
  public void asked(Duration took) {}

  @Override
  public void answers(boolean now) {
    answers = now;
  }
}
