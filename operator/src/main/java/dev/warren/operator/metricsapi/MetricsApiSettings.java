package dev.warren.operator.metricsapi;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How the external metrics API is served.
///
/// @param host address that it listens on
/// @param port its port, 0 for any free one
/// @param namespace of the Service by which the API server reaches it
/// @param service name of that Service
/// @param certificate directory with `tls.crt`, `tls.key` and `ca.crt`, kept fresh by somebody
///   else; the operator makes its own when absent
/// @param owner the ClusterRole with which the APIService is to go; none when absent
/// @param leaseNamespace where the Lease of the leader is; this process leads when absent
/// @param watchNamespaces the namespaces whose figures are served; all when empty
public record MetricsApiSettings(
    String host,
    int port,
    String namespace,
    String service,
    Optional<Path> certificate,
    Optional<String> owner,
    Optional<String> leaseNamespace,
    Set<String> watchNamespaces) {
  /// Copies the set.
  public MetricsApiSettings {
    watchNamespaces = Set.copyOf(watchNamespaces);
  }

  /// The names by which the API server, and others in the cluster, call the Service.
  List<String> names() {
    var name = service + "." + namespace;
    return List.of(name + ".svc", name, name + ".svc.cluster.local");
  }

  /// Where others in the cluster reach it.
  String url() {
    return "https://" + names().getFirst();
  }

  /// Name of the Secret with the key of tokens.
  String tokenSecret() {
    return service + "-tokens";
  }

  /// Name of the Secret with the operator's own certificate.
  String secret() {
    return service + "-certificate";
  }
}
