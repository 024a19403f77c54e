package dev.warren.worker.pod;

import dev.warren.worker.idempotency.IdempotencyMonitor;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts what a store of done tasks does, in a pod that has one. Labelled with the queue; safe for
/// use by many threads.
///
/// | metric | meaning |
/// |---|---|
/// | `task_duplicates_total` | tasks that were not run because they had been done before; they count as `done` too |
/// | `task_claims_held_total` | tasks that were put off because another worker was at them |
/// | `task_unguarded_total` | tasks that ran though the store did not answer |
/// | `idempotency_store_seconds` | time for an answer of the store |
/// | `idempotency_store_up` | 1 while the store answers, else 0 |
final class IdempotencyMetrics implements IdempotencyMonitor {
  private final Counter duplicates;
  private final Counter held;
  private final Counter unguarded;
  private final Timer store;
  private final AtomicInteger up = new AtomicInteger();

  IdempotencyMetrics(MeterRegistry registry, String queue) {
    var tags = Tags.of("queue", queue);
    duplicates = registry.counter("task.duplicates", tags);
    held = registry.counter("task.claims.held", tags);
    unguarded = registry.counter("task.unguarded", tags);
    store =
        Timer.builder("idempotency.store")
            .tags(tags)
            .serviceLevelObjectives(TaskMetrics.BUCKETS)
            .register(registry);
    Gauge.builder("idempotency.store.up", up, AtomicInteger::get).tags(tags).register(registry);
  }

  @Override
  public void duplicate() {
    duplicates.increment();
  }

  @Override
  public void held() {
    held.increment();
  }

  @Override
  public void unguarded() {
    unguarded.increment();
  }

  @Override
  public void asked(Duration took) {
    store.record(took);
  }

  @Override
  public void answers(boolean answers) {
    up.set(answers ? 1 : 0);
  }
}
