package dev.warren.benchmarks.topology;

import dev.warren.benchmarks.platform.Cluster;
import dev.warren.benchmarks.platform.OperatorProcess;
import java.time.Duration;
import java.util.Locale;

/// Time on the machine's cores, which broker, API server, operator and this benchmark share.
///
/// @param apiServer of the embedded one; zero for a given one, which is elsewhere
record Cpu(Duration operator, Duration apiServer, Duration benchmark) {
  /// What they have taken since their starts.
  static Cpu of(Cluster cluster, OperatorProcess operator) {
    return new Cpu(
        of(operator.pid()),
        cluster.pid().map(Cpu::of).orElse(Duration.ZERO),
        of(ProcessHandle.current().pid()));
  }

  /// What they have taken since.
  Cpu since(Cpu earlier) {
    return new Cpu(
        operator.minus(earlier.operator),
        apiServer.minus(earlier.apiServer),
        benchmark.minus(earlier.benchmark));
  }

  /// The share of each of so many queues.
  String each(int queues) {
    return String.format(
        Locale.ROOT,
        "operator %.1f ms, API server %.1f ms, benchmark %.1f ms",
        millis(operator) / queues,
        millis(apiServer) / queues,
        millis(benchmark) / queues);
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }

  private static Duration of(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }
}
