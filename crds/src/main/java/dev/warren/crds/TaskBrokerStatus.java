package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the operator found.
@JsonIgnoreProperties(ignoreUnknown = true)
public record TaskBrokerStatus(
    @JsonPropertyDescription("The metadata.generation that this status is of; -1 before the first.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription(
            "Ready; Progressing and Degraded where they apply, and Reconciling or Stalled accordingly.")
        @Nullable List<Condition> conditions,
    @JsonPropertyDescription("Version of RabbitMQ.") @Nullable String version,
    @JsonPropertyDescription("What tells how many messages queues hold.")
        @Nullable FiguresFrom figuresFrom) {

  /// What tells how many messages queues hold.
  public enum FiguresFrom {
    /// Lists of the management API.
    Management,
    /// Metrics of the Prometheus plugin.
    Prometheus
  }
}
