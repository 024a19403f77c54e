package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the operator found and did. A count that is missing is unknown, not zero.
@JsonIgnoreProperties(ignoreUnknown = true)
public record TaskQueueStatus(
    @Nullable Long observedGeneration,
    @Nullable List<Condition> conditions,
    @JsonPropertyDescription("Name of the queue in RabbitMQ.") @Nullable String queueName,
    @JsonPropertyDescription("The vhost it lives in.") @Nullable String vhost,
    @JsonPropertyDescription("The exchange that it is bound to.") @Nullable String exchange,
    @JsonPropertyDescription("Tasks that wait.") @Nullable Long ready,
    @JsonPropertyDescription("Tasks that workers hold.") @Nullable Long unacknowledged,
    @JsonPropertyDescription("Tasks in the dead-letter queue.") @Nullable Long deadLettered,
    @JsonPropertyDescription("Ready pods of all TaskWorkers of this queue.")
        @Nullable Integer workers,
    @JsonPropertyDescription("The delays after each failed attempt, without jitter.")
        @Nullable List<String> retryDelays,
    @JsonPropertyDescription("The Secret for producers (Service Binding specification).")
        @Nullable Binding binding) {

  /// Of a resource that was never looked at.
  public static final TaskQueueStatus EMPTY =
      new TaskQueueStatus(null, null, null, null, null, null, null, null, null, null, null);

  /// A reference to a Secret in the same namespace.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Binding(String name) {}
}
