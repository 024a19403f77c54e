package dev.warren.benchmarks.topology;

import dev.warren.benchmarks.harness.CommandLine;
import dev.warren.benchmarks.platform.PlatformOptions;
import dev.warren.model.QueueType;
import java.time.Duration;
import java.util.Map;

/// What a run measures, and with what.
///
/// @param queues how many TaskQueues, 10 to 100,000
/// @param namespaces over how many namespaces they are spread, 1 to 1,000, each with a vhost
/// @param type of their queues
/// @param changes how many single changes are timed, 1 to 10,000
/// @param rest how long calls are counted while nothing changes; 1 s to 1 h
record TopologyOptions(
    PlatformOptions platform,
    int queues,
    int namespaces,
    QueueType type,
    int changes,
    Duration rest) {
  static final String USAGE =
      "usage: TopologyBenchmark [--queues NUMBER] [--namespaces NUMBER] [--type Classic|Quorum] [--changes NUMBER] [--rest SECONDS] "
          + PlatformOptions.USAGE;

  /// TaskQueues of a large team.
  private static final int PER_NAMESPACE = 500;

  /// Reads the command line and the environment.
  ///
  /// @throws IllegalArgumentException if it is not as {@link #USAGE} says
  static TopologyOptions parse(String[] arguments, Map<String, String> environment) {
    var line =
        CommandLine.parse(
            arguments,
            PlatformOptions.names("--queues", "--namespaces", "--type", "--changes", "--rest"));
    var queues = line.number("--queues", 1_000, 10, 100_000);
    return new TopologyOptions(
        PlatformOptions.parse(line, environment),
        queues,
        line.number("--namespaces", Math.ceilDiv(queues, PER_NAMESPACE), 1, 1_000),
        PlatformOptions.queueType(line),
        line.number("--changes", 50, 1, 10_000),
        Duration.ofSeconds(line.number("--rest", 60, 1, 3_600)));
  }
}
