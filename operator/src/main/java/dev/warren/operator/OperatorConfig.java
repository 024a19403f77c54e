package dev.warren.operator;

import dev.warren.crds.AutoscalingSpec;
import dev.warren.model.DurationText;
import dev.warren.operator.metricsapi.MetricsApiSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/// What an operator process is told by its environment.
///
/// @param httpHost `WARREN_HTTP_HOST`: address that `/livez`, `/readyz` and `/metrics` are served
///   on; `0.0.0.0`
/// @param httpPort `WARREN_HTTP_PORT`: its port, 0 for any free one; 8080
/// @param identity `WARREN_POD_NAME`: name of this process among its replicas; the host's name
/// @param leaseNamespace `WARREN_LEASE_NAMESPACE`: where the leader's Lease is kept; leader
///   election is off when absent
/// @param pollInterval `WARREN_POLL_INTERVAL`: time between two readings of a vhost; 2s
/// @param credentialOverlap `WARREN_CREDENTIAL_OVERLAP`: how long the credentials before a rotation
///   stay valid; 1h
/// @param threads `WARREN_THREADS`: reconciliations at a time, which mostly wait for a broker or
///   the API server and share their calls; 512
/// @param watchNamespaces `WARREN_WATCH_NAMESPACES`: the namespaces whose TaskQueues and
///   TaskWorkers are looked at, separated by commas; all when empty
/// @param engine `WARREN_ENGINE`: what carries out the size of TaskWorkers that do not say: `Hpa`,
///   `Direct` or `Keda`; Direct
/// @param upgradeCrds `WARREN_UPGRADE_CRDS`: whether CRDs of an older release are brought up to
///   this one at the start; false
/// @param metricsApi how external metrics are served; not at all without `WARREN_METRICS_API_PORT`,
///   which goes with `WARREN_METRICS_API_SERVICE` (`namespace/name`).
///   `WARREN_METRICS_API_CERTIFICATE` and `WARREN_METRICS_API_OWNER` may be left out.
record OperatorConfig(
    String httpHost,
    int httpPort,
    String identity,
    Optional<String> leaseNamespace,
    Duration pollInterval,
    Duration credentialOverlap,
    int threads,
    Set<String> watchNamespaces,
    AutoscalingSpec.Engine engine,
    boolean upgradeCrds,
    Optional<MetricsApiSettings> metricsApi) {
  private static final String ANY_HOST = "0.0.0.0";
  private static final int MAX_PORT = 65_535;
  private static final int MAX_THREADS = 1_000;

  /// A label of DNS (RFC 1123), as names of namespaces are.
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  OperatorConfig {
    watchNamespaces = Set.copyOf(watchNamespaces);
  }

  /// Reads an environment.
  ///
  /// @throws IllegalArgumentException if a variable is wrong; names all of them
  static OperatorConfig parse(Map<String, String> environment, String hostName) {
    var problems = new ArrayList<String>();
    var watchNamespaces =
        read(
            environment,
            "WARREN_WATCH_NAMESPACES",
            Set.<String>of(),
            OperatorConfig::namespaces,
            problems);
    var config =
        new OperatorConfig(
            environment.getOrDefault("WARREN_HTTP_HOST", ANY_HOST),
            read(environment, "WARREN_HTTP_PORT", 8080, number(0, MAX_PORT), problems),
            environment.getOrDefault("WARREN_POD_NAME", hostName),
            Optional.ofNullable(environment.get("WARREN_LEASE_NAMESPACE")),
            read(
                environment,
                "WARREN_POLL_INTERVAL",
                Duration.ofSeconds(2),
                OperatorConfig::interval,
                problems),
            read(
                environment,
                "WARREN_CREDENTIAL_OVERLAP",
                Duration.ofHours(1),
                DurationText::parse,
                problems),
            read(environment, "WARREN_THREADS", 512, number(1, MAX_THREADS), problems),
            watchNamespaces,
            read(
                environment,
                "WARREN_ENGINE",
                AutoscalingSpec.Engine.Direct,
                OperatorConfig::engine,
                problems),
            read(environment, "WARREN_UPGRADE_CRDS", false, OperatorConfig::truth, problems),
            metricsApi(environment, watchNamespaces, problems));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    return config;
  }

  private static Optional<MetricsApiSettings> metricsApi(
      Map<String, String> environment, Set<String> watchNamespaces, List<String> problems) {
    var port = read(environment, "WARREN_METRICS_API_PORT", -1, number(0, MAX_PORT), problems);
    if (port < 0) {
      return Optional.empty();
    }
    var service =
        read(environment, "WARREN_METRICS_API_SERVICE", "", OperatorConfig::serviceName, problems);
    if (!environment.containsKey("WARREN_METRICS_API_SERVICE")) {
      problems.add(
          "WARREN_METRICS_API_SERVICE is missing, which WARREN_METRICS_API_PORT needs; use namespace/name of the Service");
    }
    var slash = service.indexOf('/');
    return Optional.of(
        new MetricsApiSettings(
            environment.getOrDefault("WARREN_HTTP_HOST", ANY_HOST),
            port,
            service.substring(0, Math.max(0, slash)),
            service.substring(slash + 1),
            Optional.ofNullable(environment.get("WARREN_METRICS_API_CERTIFICATE")).map(Path::of),
            Optional.ofNullable(environment.get("WARREN_METRICS_API_OWNER")),
            Optional.ofNullable(environment.get("WARREN_LEASE_NAMESPACE")),
            watchNamespaces));
  }

  private static Set<String> namespaces(String text) {
    var names = text.isEmpty() ? Set.<String>of() : new TreeSet<>(List.of(text.split(",", -1)));
    for (var name : names) {
      if (!NAMESPACE.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "'%s' is no name of a namespace; use names separated by commas, without spaces"
                .formatted(name));
      }
    }
    return names;
  }

  private static String serviceName(String text) {
    if (!text.matches("[a-z0-9-]+/[a-z0-9-]+")) {
      throw new IllegalArgumentException(
          "'%s' names no Service; use namespace/name".formatted(text));
    }
    return text;
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "'%s' is neither true nor false; use one of them".formatted(text));
    };
  }

  private static AutoscalingSpec.Engine engine(String text) {
    try {
      return AutoscalingSpec.Engine.valueOf(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'%s' is no engine; use Hpa, Direct or Keda".formatted(text), e);
    }
  }

  private static <T> T read(
      Map<String, String> environment,
      String name,
      T otherwise,
      Function<String, T> parser,
      List<String> problems) {
    var text = environment.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      problems.add("%s: %s".formatted(name, e.getMessage()));
      return otherwise;
    }
  }

  private static Function<String, Integer> number(int min, int max) {
    return text -> {
      if (!text.matches("[0-9]{1,9}")
          || Integer.parseInt(text) < min
          || Integer.parseInt(text) > max) {
        throw new IllegalArgumentException(
            "'%s' is out of range; use %d to %d".formatted(text, min, max));
      }
      return Integer.parseInt(text);
    };
  }

  private static Duration interval(String text) {
    var interval = DurationText.parse(text);
    if (interval.toMillis() < 100) {
      throw new IllegalArgumentException("'%s' is too short; use 100ms or more".formatted(text));
    }
    return interval;
  }
}
