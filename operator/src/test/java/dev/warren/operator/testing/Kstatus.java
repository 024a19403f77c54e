package dev.warren.operator.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;

/// What kstatus, and so Flux, says of a resource: the rules of its `Compute` for kinds that it does
/// not know.
enum Kstatus {
  CURRENT,
  IN_PROGRESS,
  FAILED,
  TERMINATING;

  static Kstatus of(HasMetadata resource) {
    var json = Serialization.unmarshal(Serialization.asJson(resource), JsonNode.class);
    if (json.at("/metadata/deletionTimestamp").isTextual()) {
      return TERMINATING;
    }
    var observed = json.at("/status/observedGeneration");
    if (!observed.isMissingNode() && !observed.equals(json.at("/metadata/generation"))) {
      return IN_PROGRESS;
    }
    if (status(json, "Reconciling").equals(Optional.of("True"))) {
      return IN_PROGRESS;
    }
    if (status(json, "Stalled").equals(Optional.of("True"))) {
      return FAILED;
    }
    return status(json, "Ready").orElse("True").equals("True") ? CURRENT : IN_PROGRESS;
  }

  private static Optional<String> status(JsonNode resource, String type) {
    return resource
        .at("/status/conditions")
        .valueStream()
        .filter(condition -> condition.path("type").asText().equals(type))
        .map(condition -> condition.path("status").asText())
        .findFirst();
  }
}
