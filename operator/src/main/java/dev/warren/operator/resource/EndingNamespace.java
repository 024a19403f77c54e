package dev.warren.operator.resource;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/// A namespace that is being deleted takes nothing new, and what is in it goes anyway: that an
/// object is refused there is no failure. Pure.
final class EndingNamespace {
  private static final String REASON = "NamespaceTerminating";

  private EndingNamespace() {}

  /// Whether an object was refused because its namespace is being deleted.
  static boolean refuses(KubernetesClientException e) {
    return Optional.ofNullable(e.getStatus())
        .map(Status::getDetails)
        .map(StatusDetails::getCauses)
        .filter(causes -> causes.stream().anyMatch(cause -> REASON.equals(cause.getReason())))
        .isPresent();
  }
}
