package dev.warren.benchmarks.platform;

import dev.warren.benchmarks.harness.CommandLine;
import dev.warren.model.QueueType;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// With what a run is made.
///
/// @param amqp of the broker, with an administrator's user and password
/// @param management likewise
/// @param kubeconfig of a given API server; without one, the embedded one is started
/// @param operatorClassPath what the operator's image holds
/// @param apiServerClassPath what the embedded API server needs
/// @param crds directory with the definitions
/// @param results directory for the raw results
/// @param work directory for kubeconfig and logs
public record PlatformOptions(
    URI amqp,
    URI management,
    Optional<Path> kubeconfig,
    String operatorClassPath,
    String apiServerClassPath,
    Path crds,
    Path results,
    Path work) {
  /// Of these options, and the environment.
  public static final String USAGE =
      "--operator CLASSPATH --api-server CLASSPATH [--crds DIRECTORY] [--results DIRECTORY] [--work DIRECTORY], with"
          + " RABBITMQ_URL=amqp://user:password@host:port and RABBITMQ_MANAGEMENT_URL=http://user:password@host:port";

  private static final Set<String> NAMES =
      Set.of("--operator", "--api-server", "--crds", "--results", "--work");

  /// The names of these options and of a measurement's own.
  public static Set<String> names(String... own) {
    var names = new HashSet<>(NAMES);
    names.addAll(List.of(own));
    return names;
  }

  /// Reads the command line and the environment.
  ///
  /// @throws IllegalArgumentException if it is not as {@link #USAGE} says
  public static PlatformOptions parse(CommandLine line, Map<String, String> environment) {
    return new PlatformOptions(
        url("RABBITMQ_URL", environment),
        url("RABBITMQ_MANAGEMENT_URL", environment),
        Optional.ofNullable(environment.get("WARREN_TEST_KUBECONFIG")).map(Path::of),
        line.required("--operator"),
        line.required("--api-server"),
        Path.of(line.text("--crds", "charts/warren/crds")),
        Path.of(line.text("--results", "benchmarks/target/results")),
        Path.of(line.text("--work", "benchmarks/target/work")).toAbsolutePath());
  }

  /// The option `--type`, of task queues; Classic without it.
  ///
  /// @throws IllegalArgumentException if it names none
  public static QueueType queueType(CommandLine line) {
    var text = line.text("--type", "Classic");
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "classic" -> QueueType.CLASSIC;
      case "quorum" -> QueueType.QUORUM;
      default ->
          throw new IllegalArgumentException(
              "--type is '%s'; use Classic or Quorum".formatted(text));
    };
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
}
