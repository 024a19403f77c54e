package dev.warren.worker.idempotency;

import dev.warren.model.Idempotency.OnStoreFailure;
import dev.warren.worker.TaskRunner;
import dev.warren.worker.store.PostgresConnections;
import dev.warren.worker.store.RedisConnections;
import dev.warren.worker.store.StoreSecret;
import java.util.Optional;

/// What a pod of a worker with `idempotency` has more than others: a store, and a thread that keeps
/// leases. Its owner starts and stops it once each; the rest is safe for use by many threads.
public final class Idempotency {
  private final IdempotencySettings settings;
  private final IdempotencyMonitor monitor;
  private final IdempotencyTimes times;
  private final TaskKeys keys;
  private final WatchedStore store;
  private final LeaseKeeper leases;

  Idempotency(
      IdempotencySettings settings,
      IdempotencyTimes times,
      IdempotencyStore store,
      IdempotencyMonitor monitor) {
    this.settings = settings;
    this.monitor = monitor;
    this.times = times;
    this.keys = TaskKeys.of(settings.namespace(), settings.queue());
    this.store = new WatchedStore(store, monitor);
    // Keys of tasks in no queue.
    this.leases = new LeaseKeeper(this.store, times, TaskKeys.of("", "").of(settings.pod()));
  }

  /// For these settings, with the store that the Secret leads to, which is not connected to before
  /// it is needed.
  ///
  /// @throws dev.warren.worker.store.UnusableStoreException if the Secret holds no usable address
  public static Idempotency open(
      IdempotencySettings settings, StoreSecret secret, IdempotencyMonitor monitor) {
    var times = IdempotencyTimes.remembering(settings.model().ttl());
    return new Idempotency(settings, times, connect(settings, secret), monitor);
  }

  /// Starts to keep leases.
  public void start() {
    leases.start();
  }

  /// Whether its own thread runs.
  public boolean isAlive() {
    return leases.isAlive();
  }

  /// Runs tasks once each, by this runner.
  public TaskRunner guard(TaskRunner runner) {
    return new IdempotentRunner(
        runner, keys, store, leases, times, settings.model().onStoreFailure(), monitor);
  }

  /// Why no tasks are run, if they are held because the store does not answer.
  public Optional<String> obstacle() {
    return settings.model().onStoreFailure() == OnStoreFailure.HOLD
        ? store
            .trouble()
            .map("tasks are held because the idempotency store does not answer: %s"::formatted)
        : Optional.empty();
  }

  /// Ends the thread and closes the store's connections, when no task runs any more.
  public void stop() throws InterruptedException {
    leases.stop();
    store.close();
  }

  private static IdempotencyStore connect(IdempotencySettings settings, StoreSecret secret) {
    return switch (settings.model().store()) {
      case REDIS -> new RedisStore(RedisConnections.open(secret));
      case POSTGRES -> new PostgresStore(PostgresConnections.open(secret));
    };
  }
}
