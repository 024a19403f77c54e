package dev.warren.worker.pod;

import dev.warren.model.WorkerConfiguration;
import dev.warren.model.WorkerPod;
import dev.warren.worker.TaskRunner;
import dev.warren.worker.idempotency.Idempotency;
import dev.warren.worker.idempotency.IdempotencySettings;
import dev.warren.worker.store.StoreSecret;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The pod's {@link Idempotency}, which many pods do without: then this does nothing, and no class
/// of a store is loaded.
///
/// @param idempotency null without a store
record Guard(@Nullable Idempotency idempotency) {
  /// As configured.
  ///
  /// @throws UnusableEnvironmentException if a store is configured and its Secret not mounted
  /// @throws dev.warren.worker.store.UnusableStoreException if that cannot be used
  static Guard of(
      WorkerConfiguration configuration, WorkerEnvironment environment, MeterRegistry registry) {
    if (configuration.idempotency().isEmpty()) {
      return new Guard(null);
    }
    if (environment.idempotencyDirectory().isBlank()) {
      throw new UnusableEnvironmentException(
          "environment: %s is missing; set it to where the store's Secret is mounted"
              .formatted(WorkerPod.IDEMPOTENCY_DIRECTORY));
    }
    var settings =
        new IdempotencySettings(
            configuration.namespace(),
            configuration.queue(),
            environment.podName(),
            configuration.idempotency().get());
    return new Guard(
        Idempotency.open(
            settings,
            new StoreSecret(Path.of(environment.idempotencyDirectory())),
            new IdempotencyMetrics(registry, configuration.queue())));
  }

  /// The handler, so that it runs each task once.
  TaskRunner around(TaskRunner handler) {
    return idempotency == null ? handler : idempotency.guard(handler);
  }

  void start() {
    if (idempotency != null) {
      idempotency.start();
    }
  }

  boolean isAlive() {
    return idempotency == null || idempotency.isAlive();
  }

  /// Why no task runs, if the store keeps them all.
  Optional<String> obstacle() {
    return idempotency == null ? Optional.empty() : idempotency.obstacle();
  }

  void stop() throws InterruptedException {
    if (idempotency != null) {
      idempotency.stop();
    }
  }
}
