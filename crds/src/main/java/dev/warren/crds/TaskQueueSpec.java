package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the queue is like. The smallest useful one is empty.
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "has(self.queueName) == has(oldSelf.queueName)"
            + " && (!has(self.queueName) || self.queueName == oldSelf.queueName)",
    message = "queueName cannot change; create another TaskQueue")
@ValidationRule(
    value =
        "!has(self.queueName) || !(self.queueName.startsWith('warren.') || self.queueName.startsWith('amq.')"
            + " || self.queueName.endsWith('.dlq'))",
    message =
        "names that begin with 'warren.' or 'amq.' or end in '.dlq' belong to Warren and RabbitMQ; choose another"
            + " queueName")
public record TaskQueueSpec(
    @Default("default") @Size(min = 1, max = 63) @JsonPropertyDescription("Name of the TaskBroker.")
        @Nullable String broker,
    @Pattern("^[A-Za-z0-9_.:-]+$")
        @Size(min = 1, max = 200)
        @JsonPropertyDescription(
            "Name of the queue in RabbitMQ; the resource's name when left out. Cannot change.")
        @Nullable String queueName,
    @JsonPropertyDescription("Quorum or Classic; the broker's default when left out.")
        @Nullable QueueKind type,
    @JsonPropertyDescription("Where producers publish.") @Nullable ExchangeSpec exchange,
    @Size(min = 1, max = 64)
        @JsonPropertyDescription(
            "Keys that are routed to this queue, wildcards included on a Topic exchange; the resource's name when left"
                + " out.")
        @Nullable List<@Size(max = 255) String> routingKeys,
    @Min(1)
        @Max(255)
        @JsonPropertyDescription("The highest priority of a task; no priorities when left out.")
        @Nullable Integer priorities,
    @Pattern(Durations.PATTERN)
        @Size(max = Durations.MAX_LENGTH)
        @JsonPropertyDescription("Tasks that wait longer are dead-lettered.")
        @Nullable String messageTtl,
    @Min(1) @JsonPropertyDescription("The most tasks that wait.") @Nullable Long maxLength,
    @Min(1) @JsonPropertyDescription("The most bytes of bodies that wait.") @Nullable Long maxBytes,
    @JsonPropertyDescription(
            "What happens at the limit: RejectPublish (the producer is told), DropHead (the oldest is dead-lettered), or"
                + " RejectPublishDeadLetter (the newest is dead-lettered; Classic only).")
        @Nullable Overflow overflow,
    @JsonPropertyDescription("When a failed task is tried again.") @Nullable RetrySpec retry,
    @JsonPropertyDescription("What becomes of tasks that are given up.")
        @Nullable DeadLetterSpec deadLetter,
    @Default("10m")
        @Pattern(Durations.PATTERN)
        @Size(max = Durations.MAX_LENGTH)
        @JsonPropertyDescription(
            "The longest that one attempt may take. Task timeout, drain deadline and the pod's grace period follow.")
        @Nullable String maxTaskDuration,
    @Default("DeleteIfEmpty")
        @JsonPropertyDescription(
            "What happens to the queue in RabbitMQ when this resource is deleted.")
        @Nullable DeletionPolicy deletionPolicy,
    @Default("false") @JsonPropertyDescription("Stop reconciling, and stop the workers.")
        @Nullable Boolean paused) {

  /// What happens at a limit.
  public enum Overflow {
    /// The publish is refused.
    RejectPublish,
    /// The oldest task goes to the dead-letter queue.
    DropHead,
    /// The newest task goes to the dead-letter queue.
    RejectPublishDeadLetter
  }

  /// What happens to the queue when its resource is deleted.
  public enum DeletionPolicy {
    /// Deleted once nothing is in it.
    DeleteIfEmpty,
    /// Left as it is.
    Retain,
    /// Deleted with what is in it.
    Delete
  }
}
