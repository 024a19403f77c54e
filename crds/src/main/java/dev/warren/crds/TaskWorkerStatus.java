package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the operator found and did.
@JsonIgnoreProperties(ignoreUnknown = true)
public record TaskWorkerStatus(
    @Nullable Long observedGeneration,
    @Nullable List<Condition> conditions,
    @StatusReplicas @JsonPropertyDescription("Pods that exist.") @Nullable Integer replicas,
    @JsonPropertyDescription("Pods that consume.") @Nullable Integer readyReplicas,
    @LabelSelector @JsonPropertyDescription("Selects the pods.") @Nullable String selector,
    @JsonPropertyDescription("How many pods are wanted, and why.") @Nullable Scaling scaling) {

  /// The last decision about the number of pods.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Scaling(
      int wanted,
      String reason,
      @JsonPropertyDescription("Since when fewer pods would be enough.")
          @Nullable String lowerSince) {}
}
