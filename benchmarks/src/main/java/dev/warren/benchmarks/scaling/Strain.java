package dev.warren.benchmarks.scaling;

import dev.warren.benchmarks.platform.Cluster;
import dev.warren.benchmarks.platform.OperatorProcess;
import java.time.Duration;

/// What broker, operator and API server take of the machine's cores in some time.
///
/// @param apiServer zero for a given one, which is elsewhere
record Strain(Duration period, Duration broker, Duration operator, Duration apiServer) {
  /// What they have taken since their starts; the period means nothing yet.
  static Strain until(long brokerPid, Cluster cluster, OperatorProcess operator) {
    return new Strain(
        Duration.ofNanos(System.nanoTime()),
        cpu(brokerPid),
        cpu(operator.pid()),
        cluster.pid().map(Strain::cpu).orElse(Duration.ZERO));
  }

  /// What they have taken since.
  Strain since(Strain earlier) {
    return new Strain(
        period.minus(earlier.period),
        broker.minus(earlier.broker),
        operator.minus(earlier.operator),
        apiServer.minus(earlier.apiServer));
  }

  /// A share of the period: 1 is one core, all the time.
  double cores(Duration taken) {
    return taken.toNanos() / (double) period.toNanos();
  }

  /// CPU time of a process so far.
  static Duration cpu(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }
}
