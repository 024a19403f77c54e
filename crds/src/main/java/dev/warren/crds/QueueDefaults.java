package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// What a TaskQueue gets that does not say. Each component means what the TaskQueue's of the same
/// name does.
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "!has(self.overflow) || self.overflow != 'RejectPublishDeadLetter'"
            + " || (has(self.type) && self.type == 'Classic')",
    message =
        "overflow RejectPublishDeadLetter needs type Classic; set defaults.type, or choose RejectPublish or DropHead",
    fieldPath = ".overflow")
public record QueueDefaults(
    @Default("Quorum") @JsonPropertyDescription("Quorum or Classic.") @Nullable QueueKind type,
    @Pattern(Durations.PATTERN)
        @ValidationRule(value = Durations.RULE, message = Durations.REMEDY)
        @Size(max = Durations.MAX_LENGTH)
        @JsonPropertyDescription(
            "Tasks that wait longer are dead-lettered; no limit when left out.")
        @Nullable String messageTtl,
    @Min(1) @JsonPropertyDescription("The most tasks that wait; no limit when left out.")
        @Nullable Long maxLength,
    @Min(1) @JsonPropertyDescription("The most bytes of bodies that wait; no limit when left out.")
        @Nullable Long maxBytes,
    @JsonPropertyDescription("What happens at the limit.")
        TaskQueueSpec.@Nullable Overflow overflow,
    @JsonPropertyDescription("When a failed task is tried again.") @Nullable RetrySpec retry,
    @JsonPropertyDescription("What becomes of tasks that are given up.")
        @Nullable DeadLetterDefaults deadLetter,
    @Pattern(Durations.PATTERN)
        @ValidationRule(value = Durations.RULE, message = Durations.REMEDY)
        @Size(max = Durations.MAX_LENGTH)
        @JsonPropertyDescription("The longest that one attempt may take; default 10m.")
        @Nullable String maxTaskDuration,
    @JsonPropertyDescription(
            "What happens to the queue in RabbitMQ when its TaskQueue is deleted; default DeleteIfEmpty.")
        TaskQueueSpec.@Nullable DeletionPolicy deletionPolicy,
    @JsonPropertyDescription(
            "What a change of a setting does that a queue cannot change in place; default Automatic.")
        TaskQueueSpec.@Nullable MigrationPolicy migration) {

  /// Of a TaskBroker that has none.
  public static final QueueDefaults NONE =
      new QueueDefaults(null, null, null, null, null, null, null, null, null, null);
}
