package dev.warren.benchmarks.topology;

import dev.warren.benchmarks.platform.Cluster;
import dev.warren.benchmarks.platform.OperatorProcess;
import dev.warren.model.QueueType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

/// Many TaskQueues applied at once.
///
/// @param queues how many
/// @param created from the first request until all are in the API server
/// @param ready from the first request until all are ready
/// @param calls until then, by whomever
/// @param cpu until then
record Application(int queues, Duration created, Duration ready, Calls calls, Cpu cpu) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PATIENCE_PER_QUEUE = Duration.ofMillis(300);

  /// Creates them and waits.
  static Application of(
      List<String> names, QueueType type, Cluster cluster, OperatorProcess operator)
      throws InterruptedException, ExecutionException {
    try (var watch = cluster.watch()) {
      var before = watch.settled();
      var calls = Rest.calls(cluster, operator);
      var cpu = Cpu.of(cluster, operator);
      var start = System.nanoTime();
      cluster.forEach(names, name -> cluster.create(name, type));
      var created = since(start);
      watch.awaitSettled(
          before + names.size(),
          PATIENCE.plus(PATIENCE_PER_QUEUE.multipliedBy(names.size())),
          operator::requireRunning);
      var ready = since(start);
      return new Application(
          names.size(),
          created,
          ready,
          Rest.calls(cluster, operator).since(calls),
          Cpu.of(cluster, operator).since(cpu));
    }
  }

  /// Ready TaskQueues per second.
  double rate() {
    return queues / (ready.toNanos() / 1e9);
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
