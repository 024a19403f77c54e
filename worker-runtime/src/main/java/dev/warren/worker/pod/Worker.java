package dev.warren.worker.pod;

import dev.warren.worker.TaskEngine;
import dev.warren.worker.TaskRunner;
import dev.warren.worker.amqp.AmqpSettings;
import dev.warren.worker.amqp.AmqpSource;
import dev.warren.worker.handler.Handlers;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The parts of a pod, wired. Started once and stopped once.
final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private final TaskRunner runner;
  private final TaskEngine engine;
  private final AmqpSource source;
  private final PodServer server;

  /// Makes everything that can fail for the configuration's sake; nothing runs yet.
  ///
  /// @throws UnusableEnvironmentException if the pod cannot start in this environment
  /// @throws dev.warren.worker.handler.UnusableHandlerException if the handler cannot be used
  Worker(WorkerEnvironment environment) {
    var configuration = new ConfigurationFile(environment.configurationFile()).read();
    var metrics = new TaskMetrics(configuration.queue());
    var settings =
        new AmqpSettings(
            configuration.queue(),
            configuration.sources(),
            configuration.prefetch(),
            environment.podName());
    var binding = new BindingDirectory(environment.bindingDirectory());
    runner =
        Handlers.create(
            configuration.handler(), environment.handlerPath(), environment.searchPath());
    engine =
        new TaskEngine(configuration, environment.podName(), runner, metrics, Clock.systemUTC());
    source = new AmqpSource(settings, binding::read, engine::accept);
    server =
        new PodServer(
            environment.http(),
            () -> engine.isAlive() && source.isAlive(),
            source::obstacle,
            metrics::scrape);
  }

  void start() {
    engine.start();
    source.start();
    server.start();
    LOG.info("Started");
  }

  /// Takes up to the drain deadline and a little more.
  void stop() throws InterruptedException {
    LOG.info("Stopping");
    engine.stop(source);
    runner.close();
    server.stop();
    LOG.info("Stopped");
  }
}
