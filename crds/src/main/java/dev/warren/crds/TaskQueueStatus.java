package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the operator found and did. A count that is missing is unknown, not zero.
@JsonIgnoreProperties(ignoreUnknown = true)
public record TaskQueueStatus(
    @JsonPropertyDescription("The metadata.generation that this status is of; -1 before the first.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription(
            "Ready; Progressing and Degraded where they apply, and Reconciling or Stalled accordingly.")
        @Nullable List<Condition> conditions,
    @JsonPropertyDescription("Name of the queue in RabbitMQ.") @Nullable String queueName,
    @JsonPropertyDescription(
            "Names of the queues in RabbitMQ that hold its tasks, those of the present generation first.")
        @Nullable List<String> queues,
    @JsonPropertyDescription("Name of the dead-letter queue in RabbitMQ.")
        @Nullable String deadLetterQueue,
    @JsonPropertyDescription("The vhost it lives in.") @Nullable String vhost,
    @JsonPropertyDescription("The exchange that it is bound to.") @Nullable String exchange,
    @JsonPropertyDescription("Tasks that wait.") @Nullable Long ready,
    @JsonPropertyDescription("Tasks that workers hold.") @Nullable Long unacknowledged,
    @JsonPropertyDescription("Tasks in the dead-letter queue.") @Nullable Long deadLettered,
    @JsonPropertyDescription("Ready pods of all TaskWorkers of this queue.")
        @Nullable Integer workers,
    @JsonPropertyDescription("The delays after each failed attempt, without jitter.")
        @Nullable List<String> retryDelays,
    @JsonPropertyDescription("The move to a new generation of the queue, while it is under way.")
        @Nullable Migration migration,
    @JsonPropertyDescription("The Secret for producers (Service Binding specification).")
        @Nullable Binding binding) {

  /// Of a resource that was never looked at.
  public static final TaskQueueStatus EMPTY =
      new TaskQueueStatus(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null);

  /// A move from the queues of one generation to those of the next.
  ///
  /// @param emptySince RFC 3339; null while `from` is not known to be empty
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Migration(
      @Required @JsonPropertyDescription("Queues that are drained, and then deleted.")
          List<String> from,
      @Required @JsonPropertyDescription("Queues that take new tasks.") List<String> to,
      @JsonPropertyDescription("Tasks left in `from`; unknown when left out.")
          @Nullable Long remaining,
      @JsonPropertyDescription("When `from` was first seen empty.") @Nullable String emptySince) {}

  /// A reference to a Secret in the same namespace.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Binding(
      @JsonPropertyDescription("Name of the Secret, in the namespace of this resource.")
          String name) {}
}
