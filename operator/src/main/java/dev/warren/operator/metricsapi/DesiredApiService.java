package dev.warren.operator.metricsapi;

import dev.warren.operator.resource.Labels;
import io.fabric8.kubernetes.api.model.APIService;
import io.fabric8.kubernetes.api.model.APIServiceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/// The object by which the API server passes requests for external metrics on. Pure.
final class DesiredApiService {
  static final String NAME = Route.VERSION + "." + Route.GROUP;

  /// Those that all servers of external metrics use: there is one.
  private static final int PRIORITY = 100;

  /// As it is reached by the API server, whatever port the operator listens on.
  private static final int SERVICE_PORT = 443;

  private DesiredApiService() {}

  /// @param bundle whom to trust, in PEM
  static APIService of(MetricsApiSettings settings, String bundle, Optional<OwnerReference> owner) {
    return new APIServiceBuilder()
        .withNewMetadata()
        .withName(NAME)
        .withLabels(Map.of(Labels.MANAGED_BY, Labels.WARREN))
        .withOwnerReferences(owner.stream().toList())
        .endMetadata()
        .withNewSpec()
        .withGroup(Route.GROUP)
        .withVersion(Route.VERSION)
        .withGroupPriorityMinimum(PRIORITY)
        .withVersionPriority(PRIORITY)
        .withNewService(settings.service(), settings.namespace(), SERVICE_PORT)
        .withCaBundle(Base64.getEncoder().encodeToString(bundle.getBytes(StandardCharsets.UTF_8)))
        .endSpec()
        .build();
  }

  /// Whom the API server trusts now, in PEM; empty if nobody.
  static String published(Optional<APIService> found) {
    return found
        .map(service -> service.getSpec().getCaBundle())
        .map(bundle -> new String(Base64.getDecoder().decode(bundle), StandardCharsets.UTF_8))
        .orElse("");
  }

  /// Why it must be left alone, with the remedy; empty if it is this operator's, or may be.
  static String obstacle(MetricsApiSettings settings, Optional<APIService> found) {
    if (found.isEmpty() || isOurs(settings, found.get())) {
      return "";
    }
    var service = found.get().getSpec().getService();
    return "APIService '%s' belongs to %s, and a cluster has one; set spec.autoscaling.engine to Direct or Keda"
        .formatted(
            NAME,
            service == null
                ? "the API server itself"
                : "Service '%s/%s'".formatted(service.getNamespace(), service.getName()));
  }

  private static boolean isOurs(MetricsApiSettings settings, APIService found) {
    var labels = Optional.ofNullable(found.getMetadata().getLabels()).orElse(Map.of());
    var service = found.getSpec().getService();
    return Labels.WARREN.equals(labels.get(Labels.MANAGED_BY))
        && service != null
        && settings.namespace().equals(service.getNamespace())
        && settings.service().equals(service.getName());
  }
}
