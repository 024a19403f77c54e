package dev.warren.benchmarks.topology;

import dev.warren.benchmarks.harness.CommandLine;
import dev.warren.model.QueueType;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a run measures, and with what.
///
/// @param amqp of the broker, with an administrator's user and password
/// @param management likewise
/// @param kubeconfig of a given API server; without one, the embedded one is started
/// @param queues how many TaskQueues, 10 to 100,000
/// @param namespaces over how many namespaces they are spread, 1 to 1,000, each with a vhost
/// @param type of their queues
/// @param changes how many single changes are timed, 1 to 10,000
/// @param rest how long calls are counted while nothing changes; 1 s to 1 h
/// @param operatorClassPath what the operator's image holds
/// @param apiServerClassPath what the embedded API server needs
/// @param crds directory with the definitions
/// @param results directory for the raw results
/// @param work directory for kubeconfig and logs
record TopologyOptions(
    URI amqp,
    URI management,
    Optional<Path> kubeconfig,
    int queues,
    int namespaces,
    QueueType type,
    int changes,
    Duration rest,
    String operatorClassPath,
    String apiServerClassPath,
    Path crds,
    Path results,
    Path work) {
  static final String USAGE =
      "usage: TopologyBenchmark --operator CLASSPATH --api-server CLASSPATH [--queues NUMBER] [--namespaces NUMBER]"
          + " [--type Classic|Quorum] [--changes NUMBER] [--rest SECONDS] [--crds DIRECTORY] [--results DIRECTORY] [--work DIRECTORY], with"
          + " RABBITMQ_URL=amqp://user:password@host:port and RABBITMQ_MANAGEMENT_URL=http://user:password@host:port";

  /// TaskQueues of a large team.
  private static final int PER_NAMESPACE = 500;

  private static final Set<String> NAMES =
      Set.of(
          "--operator",
          "--api-server",
          "--queues",
          "--namespaces",
          "--type",
          "--changes",
          "--rest",
          "--crds",
          "--results",
          "--work");

  /// Reads the command line and the environment.
  ///
  /// @throws IllegalArgumentException if it is not as {@link #USAGE} says
  static TopologyOptions parse(String[] arguments, Map<String, String> environment) {
    var line = CommandLine.parse(arguments, NAMES);
    var queues = line.number("--queues", 1_000, 10, 100_000);
    return new TopologyOptions(
        url("RABBITMQ_URL", environment),
        url("RABBITMQ_MANAGEMENT_URL", environment),
        Optional.ofNullable(environment.get("WARREN_TEST_KUBECONFIG")).map(Path::of),
        queues,
        line.number("--namespaces", Math.ceilDiv(queues, PER_NAMESPACE), 1, 1_000),
        type(line.text("--type", "Classic")),
        line.number("--changes", 50, 1, 10_000),
        Duration.ofSeconds(line.number("--rest", 60, 1, 3_600)),
        line.required("--operator"),
        line.required("--api-server"),
        Path.of(line.text("--crds", "charts/warren/crds")),
        Path.of(line.text("--results", "benchmarks/target/results")),
        Path.of(line.text("--work", "benchmarks/target/work")).toAbsolutePath());
  }

  private static URI url(String name, Map<String, String> environment) {
    var url = URI.create(environment.getOrDefault(name, ""));
    if (url.getHost() == null
        || url.getPort() < 0
        || !Optional.ofNullable(url.getUserInfo()).orElse("").contains(":")) {
      throw new IllegalArgumentException(name + " is missing or incomplete");
    }
    return url;
  }

  private static QueueType type(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "classic" -> QueueType.CLASSIC;
      case "quorum" -> QueueType.QUORUM;
      default ->
          throw new IllegalArgumentException(
              "--type is '%s'; use Classic or Quorum".formatted(text));
    };
  }
}
