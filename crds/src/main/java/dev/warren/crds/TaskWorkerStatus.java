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
    @JsonPropertyDescription("The metadata.generation that this status is of; -1 before the first.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription(
            "Ready; Progressing and Degraded where they apply, and Reconciling or Stalled accordingly.")
        @Nullable List<Condition> conditions,
    @StatusReplicas @JsonPropertyDescription("Pods that exist.") @Nullable Integer replicas,
    @JsonPropertyDescription("Pods that consume.") @Nullable Integer readyReplicas,
    @LabelSelector @JsonPropertyDescription("Selects the pods.") @Nullable String selector,
    @JsonPropertyDescription("How many pods are wanted, and why.") @Nullable Scaling scaling) {

  /// The last decision about the number of pods.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Scaling(
      @JsonPropertyDescription("How many pods are wanted.") int wanted,
      @JsonPropertyDescription("Why, in words; it stays as long as wanted and cause do.")
          String reason,
      @JsonPropertyDescription(
              "FIXED, SIZED (by the queue), or why the size is held: TROUBLE, UNKNOWN, STALE, NOT_STARTING.")
          @Nullable String cause,
      @JsonPropertyDescription("What it was decided from.") @Nullable Inputs inputs) {}

  /// What a number of pods was decided from, at the time when it was.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Inputs(
      @JsonPropertyDescription("Tasks that no pod held.") @Nullable Long ready,
      @JsonPropertyDescription("Tasks that pods held.") @Nullable Long unacknowledged,
      @JsonPropertyDescription("Tasks that came in a second, as estimated.")
          @Nullable String arrivals,
      @JsonPropertyDescription("How long a task took on average; none if it was not known yet.")
          @Nullable String serviceTime,
      @JsonPropertyDescription("Pods that consumed.") int podsReady,
      @JsonPropertyDescription("Pods that were starting.") int podsStarting) {}
}
