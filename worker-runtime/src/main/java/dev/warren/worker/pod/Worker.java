package dev.warren.worker.pod;

import dev.warren.model.RateLimit;
import dev.warren.model.WorkerConfiguration;
import dev.warren.model.WorkerPod;
import dev.warren.worker.TaskEngine;
import dev.warren.worker.TaskRunner;
import dev.warren.worker.amqp.AmqpSettings;
import dev.warren.worker.amqp.AmqpSource;
import dev.warren.worker.fleet.RedisTokenLease;
import dev.warren.worker.flow.TokenLease;
import dev.warren.worker.handler.Handlers;
import dev.warren.worker.store.StoreSecret;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The parts of a pod, wired. Started once and stopped once.
final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private final TaskRunner runner;
  private final Guard guard;
  private final Traces traces;
  private final TaskEngine engine;
  private final AmqpSource source;
  private final PodServer server;
  private final ConfigurationWatch watch;
  private final CarrierThreads carriers = CarrierThreads.ofProcess();
  private final Runnable recycle;

  /// Makes everything that can fail for the configuration's sake; nothing runs yet.
  ///
  /// @param recycle called if the pod is of no more use; it is expected to stop and to end the
  ///   process
  /// @throws UnusableEnvironmentException if the pod cannot start in this environment
  /// @throws dev.warren.worker.handler.UnusableHandlerException if the handler cannot be used
  /// @throws dev.warren.worker.store.UnusableStoreException if a store's Secret cannot be used
  Worker(WorkerEnvironment environment, Runnable recycle) {
    this.recycle = recycle;
    var file = new ConfigurationFile(environment.configurationFile());
    var configuration = file.read();
    Logging.setLevel(configuration.logLevel());
    traces = Traces.of(configuration, environment);
    var metrics = new TaskMetrics(configuration.queue(), traces.exemplars());
    var settings =
        new AmqpSettings(
            configuration.queue(),
            configuration.sources(),
            configuration.flow().prefetch(),
            environment.podName());
    var binding = new BindingDirectory(environment.bindingDirectory());
    guard = Guard.of(configuration, environment, metrics.registry());
    runner =
        guard.around(
            Handlers.create(
                configuration.handler(),
                configuration.flow().batch(),
                traces.tracing(),
                environment.handlerPath(),
                environment.searchPath()));
    engine =
        new TaskEngine(
            configuration,
            environment.podName(),
            runner,
            metrics,
            traces.tracing(),
            fleet(configuration),
            Clock.systemUTC());
    source = new AmqpSource(settings, binding::read, engine::accept);
    server =
        new PodServer(
            environment.http(),
            () -> engine.isAlive() && source.isAlive() && guard.isAlive(),
            () -> source.obstacle().or(guard::obstacle),
            () -> engine.state().pause(),
            metrics::scrape);
    metrics.observe(engine::state);
    watch = new ConfigurationWatch(file, configuration, this::configure);
  }

  void start() {
    guard.start();
    engine.start(source, recycle);
    source.start();
    server.start();
    watch.start();
    carriers.start();
    LOG.info("Started");
  }

  /// Takes up to the drain deadline and a little more.
  void stop() throws InterruptedException {
    LOG.info("Stopping");
    carriers.stop();
    watch.stop();
    engine.stop(source);
    runner.close();
    guard.stop();
    traces.stop();
    server.stop();
    LOG.info("Stopped");
  }

  /// Where a rate limit is kept that the fleet shares.
  private static Optional<TokenLease> fleet(WorkerConfiguration configuration) {
    if (configuration.flow().rateLimit().filter(RateLimit::shared).isEmpty()) {
      return Optional.empty();
    }
    var directory = System.getenv(WorkerPod.RATE_LIMIT_DIRECTORY);
    if (directory == null || directory.isBlank()) {
      throw new UnusableEnvironmentException(
          "environment: %s is missing; set it to the directory of the Secret of rateLimit.redis"
              .formatted(WorkerPod.RATE_LIMIT_DIRECTORY));
    }
    var fleet = configuration.namespace() + "/" + configuration.worker();
    return Optional.of(RedisTokenLease.open(new StoreSecret(Path.of(directory)), fleet));
  }

  private void configure(WorkerConfiguration configuration) {
    Logging.setLevel(configuration.logLevel());
    engine.configure(configuration);
  }
}
