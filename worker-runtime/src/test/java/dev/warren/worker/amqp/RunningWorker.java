package dev.warren.worker.amqp;

import dev.warren.model.BrokerBinding;
import dev.warren.model.WorkerConfiguration;
import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskEngine;
import dev.warren.worker.TaskStatus;
import dev.warren.worker.testing.CountingMonitor;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/// Engine and source as a pod wires them, around a lambda.
final class RunningWorker implements AutoCloseable {
  /// The name of this pod's connections.
  static final String POD = "resizer-7d9f";

  private final CountingMonitor monitor = new CountingMonitor();
  private final TaskEngine engine;
  private final AmqpSource source;
  private boolean stopped;

  /// What a test's handler does with a task.
  interface Handler {
    Outcome handle(Task<byte[]> task, TaskContext context) throws Exception;
  }

  RunningWorker(
      WorkerConfiguration configuration, Supplier<BrokerBinding> bindings, Handler handler) {
    engine =
        new TaskEngine(
            configuration,
            POD,
            (task, _, context) -> handler.handle(task, context),
            monitor,
            Clock.systemUTC());
    source =
        new AmqpSource(
            new AmqpSettings(
                configuration.queue(),
                configuration.sources(),
                configuration.flow().prefetch(),
                POD),
            bindings,
            engine::accept);
    engine.start(source, () -> {});
    source.start();
  }

  Optional<String> obstacle() {
    return source.obstacle();
  }

  boolean isAlive() {
    return engine.isAlive() && source.isAlive();
  }

  boolean isConsuming() {
    return obstacle().isEmpty();
  }

  int count(TaskStatus status) {
    return monitor.count(status);
  }

  /// As on SIGTERM.
  void stop() {
    if (!stopped) {
      stopped = true;
      try {
        engine.stop(source);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    stop();
  }
}
