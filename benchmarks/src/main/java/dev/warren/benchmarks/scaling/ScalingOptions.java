package dev.warren.benchmarks.scaling;

import dev.warren.benchmarks.harness.CommandLine;
import dev.warren.benchmarks.platform.PlatformOptions;
import dev.warren.model.QueueType;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// What a run measures, and with what.
///
/// @param workers how many TaskWorkers, each with a TaskQueue, 10 to 10,000
/// @param namespaces over how many namespaces they are spread, each with a vhost, 1 to 1,000
/// @param type of their queues
/// @param backlogs how many, one a second, each in another queue; at most as many as there are
///   workers
/// @param readQueues of how many queues figures are read for comparison, 0 to 100,000
/// @param metrics where the broker's Prometheus plugin answers, if it does
/// @param byMetrics whether the operator is told of it
/// @param brokerPid of the broker's process
record ScalingOptions(
    PlatformOptions platform,
    int workers,
    int namespaces,
    QueueType type,
    int backlogs,
    int readQueues,
    Optional<URI> metrics,
    boolean byMetrics,
    long brokerPid) {
  static final String USAGE =
      "usage: ScalingBenchmark [--workers NUMBER] [--namespaces NUMBER] [--type Classic|Quorum] [--backlogs NUMBER] [--read-queues NUMBER] [--figures Management|Prometheus] "
          + PlatformOptions.USAGE
          + ", RABBITMQ_PID, and RABBITMQ_METRICS_URL if the Prometheus plugin answers";

  /// Reads the command line and the environment.
  ///
  /// @throws IllegalArgumentException if it is not as {@link #USAGE} says
  static ScalingOptions parse(String[] arguments, Map<String, String> environment) {
    var line =
        CommandLine.parse(
            arguments,
            PlatformOptions.names(
                "--workers", "--namespaces", "--type", "--backlogs", "--read-queues", "--figures"));
    var workers = line.number("--workers", 1_000, 10, 10_000);
    var metrics = Optional.ofNullable(environment.get("RABBITMQ_METRICS_URL")).map(URI::create);
    return new ScalingOptions(
        PlatformOptions.parse(line, environment),
        workers,
        line.number("--namespaces", 1, 1, 1_000),
        PlatformOptions.queueType(line),
        line.number("--backlogs", Math.min(workers, 120), 1, workers),
        line.number("--read-queues", 10_000, 0, 100_000),
        metrics,
        byMetrics(line.text("--figures", "Management"), metrics),
        pid(environment.getOrDefault("RABBITMQ_PID", "")));
  }

  /// What the operator asks how full queues are.
  Optional<URI> asked() {
    return metrics.filter(_ -> byMetrics);
  }

  private static boolean byMetrics(String text, Optional<URI> metrics) {
    if (!text.equals("Management") && !text.equals("Prometheus")) {
      throw new IllegalArgumentException(
          "--figures is '%s'; use Management or Prometheus".formatted(text));
    }
    if (text.equals("Prometheus") && metrics.isEmpty()) {
      throw new IllegalArgumentException(
          "--figures is 'Prometheus', and RABBITMQ_METRICS_URL is not set; set it");
    }
    return text.equals("Prometheus");
  }

  private static long pid(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException("RABBITMQ_PID is '%s'; give the broker's".formatted(text));
    }
    return Long.parseLong(text);
  }
}
