package dev.warren.benchmarks.platform;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// How far a TaskQueue is.
///
/// @param observed the generation that its status is about; 0 without one
/// @param ready whether its condition Ready is true
/// @param reason what that condition says; "no status" without one
public record QueueState(long generation, long observed, boolean ready, String reason) {
  public static QueueState of(GenericKubernetesResource queue) {
    long generation = queue.getMetadata().getGeneration();
    if (!(queue.get("status", "conditions") instanceof List<?> conditions)) {
      return new QueueState(generation, 0, false, "no status");
    }
    var observed =
        queue.get("status", "observedGeneration") instanceof Number number ? number.longValue() : 0;
    for (var each : conditions) {
      if (each instanceof Map<?, ?> condition && Objects.equals(condition.get("type"), "Ready")) {
        return new QueueState(
            generation,
            observed,
            Objects.equals(condition.get("status"), "True"),
            "%s: %s".formatted(condition.get("reason"), condition.get("message")));
      }
    }
    return new QueueState(generation, observed, false, "no condition Ready");
  }

  /// Whether nothing is left to be done.
  public boolean isSettled() {
    return ready && observed == generation;
  }
}
