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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the queue is like. The smallest useful one is empty.
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "has(self.queueName) == has(oldSelf.queueName)"
            + " && (!has(self.queueName) || self.queueName == oldSelf.queueName)",
    message = "queueName cannot change; create another TaskQueue",
    fieldPath = ".queueName")
@ValidationRule(
    value =
        "has(self.bindings) == (has(self.exchange) && has(self.exchange.type) && self.exchange.type == 'Headers')",
    message =
        "bindings go with a Headers exchange and a Headers exchange with bindings; set exchange.type to Headers and"
            + " give at least one binding, or use routingKeys",
    fieldPath = ".bindings")
@ValidationRule(
    value =
        "!has(self.routingKeys)"
            + " || !(has(self.exchange) && has(self.exchange.type) && self.exchange.type == 'Headers')",
    message =
        "a Headers exchange does not look at routing keys; leave routingKeys out and use bindings",
    fieldPath = ".routingKeys")
@ValidationRule(
    value =
        "!has(self.routingKeys) || self.routingKeys.all(key, size(key) > 0)"
            + " || (has(self.exchange) && has(self.exchange.type) && self.exchange.type == 'Fanout')",
    message = "a routing key is empty, which only a Fanout exchange allows; name the key",
    fieldPath = ".routingKeys")
@ValidationRule(
    value =
        "!has(self.deadLetter) || !has(self.deadLetter.exchange) || self.deadLetter.exchange"
            + " != (has(self.exchange) && has(self.exchange.name) ? self.exchange.name : 'tasks')",
    message = "deadLetter.exchange is the exchange that tasks are published to; choose another",
    fieldPath = ".deadLetter.exchange")
@ValidationRule(
    value =
        "!has(self.overflow) || self.overflow != 'RejectPublishDeadLetter' || !has(self.type)"
            + " || self.type == 'Classic'",
    message =
        "overflow RejectPublishDeadLetter needs type Classic; set type, or choose RejectPublish or DropHead",
    fieldPath = ".overflow")
public record TaskQueueSpec(
    @Default("default")
        @Pattern(Names.OBJECT)
        @ValidationRule(value = Names.OBJECT_RULE, message = Names.OBJECT_REMEDY)
        @Size(min = 1, max = 63)
        @JsonPropertyDescription("Name of the TaskBroker.")
        @Nullable String broker,
    @Pattern(Names.IN_BROKER)
        @ValidationRule(value = Names.IN_BROKER_RULE, message = Names.IN_BROKER_REMEDY)
        @Size(min = 1, max = Names.IN_BROKER_MAX_LENGTH)
        @ValidationRule(
            value =
                "!(self.startsWith('warren.') || self.startsWith('amq.') || self.endsWith('.dlq'))",
            message =
                "names that begin with 'warren.' or 'amq.' or end in '.dlq' belong to Warren and RabbitMQ; choose another"
                    + " queueName")
        @ValidationRule(
            value = "!self.matches('[.]g?[0-9]+$')",
            message =
                "names that end in '.<number>' or '.g<number>' belong to shards and generations of queues; choose another"
                    + " queueName, such as one with '-' before the number")
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
    @Size(min = 1, max = 64)
        @JsonPropertyDescription(
            "Headers by which tasks are routed to this queue, on a Headers exchange; a task goes to it that fits any of"
                + " them.")
        @Nullable List<BindingSpec> bindings,
    @Default("1")
        @Min(1)
        @Max(64)
        @JsonPropertyDescription(
            "How many queues share the tasks: `<name>.0` and so on, behind a consistent-hash exchange that hashes the"
                + " task id (message_id). 1 is one queue without it.")
        @Nullable Integer shards,
    @Min(1)
        @Max(255)
        @JsonPropertyDescription("The highest priority of a task; no priorities when left out.")
        @Nullable Integer priorities,
    @Default("false")
        @JsonPropertyDescription(
            "One consumer at a time, so that tasks start in their order; with shards, in the order of each shard.")
        @Nullable Boolean singleActiveConsumer,
    @Pattern(Durations.PATTERN)
        @ValidationRule(value = Durations.RULE, message = Durations.REMEDY)
        @Size(max = Durations.MAX_LENGTH)
        @JsonPropertyDescription(
            "Tasks that wait longer are dead-lettered; the broker's default when left out.")
        @Nullable String messageTtl,
    @Min(1)
        @JsonPropertyDescription("The most tasks that wait; the broker's default when left out.")
        @Nullable Long maxLength,
    @Min(1)
        @JsonPropertyDescription(
            "The most bytes of bodies that wait; the broker's default when left out.")
        @Nullable Long maxBytes,
    @JsonPropertyDescription(
            "What happens at the limit: RejectPublish (the producer is told), DropHead (the oldest is dead-lettered), or"
                + " RejectPublishDeadLetter (the newest is dead-lettered; Classic only). The broker's default when left"
                + " out.")
        @Nullable Overflow overflow,
    @JsonPropertyDescription(
            "When a failed task is tried again; what is left out is the broker's default.")
        @Nullable RetrySpec retry,
    @JsonPropertyDescription("What becomes of tasks that are given up.")
        @Nullable DeadLetterSpec deadLetter,
    @Size(max = 32)
        @ValidationRule(
            value = "self.all(name, name.startsWith('x-') && size(name) <= 128)",
            message = "names of queue arguments begin with 'x-' and have at most 128 characters")
        @ValidationRule(
            value = "!self.exists(name, name.startsWith('x-warren-'))",
            message = "arguments that begin with 'x-warren-' belong to Warren; leave them out")
        @ValidationRule(
            value = "!('x-queue-type' in self)",
            message = "x-queue-type has a field of its own; use type")
        @ValidationRule(
            value = "!('x-max-priority' in self)",
            message = "x-max-priority has a field of its own; use priorities")
        @ValidationRule(
            value = "!('x-single-active-consumer' in self)",
            message = "x-single-active-consumer has a field of its own; use singleActiveConsumer")
        @ValidationRule(
            value = "!('x-dead-letter-exchange' in self)",
            message = "x-dead-letter-exchange has a field of its own; use deadLetter.exchange")
        @ValidationRule(
            value = "!('x-dead-letter-routing-key' in self)",
            message =
                "x-dead-letter-routing-key is the queue's name, which Warren sets; leave it out")
        @ValidationRule(
            value = "!('x-expires' in self)",
            message =
                "x-expires deletes the queue with its tasks while no worker runs; leave it out")
        @JsonPropertyDescription(
            "Further arguments of the queue, for one that exists already: strings and integers, and `\"true\"` or"
                + " `\"false\"` (quoted) for a boolean.")
        @Nullable Map<String, Object> arguments,
    @Pattern(Durations.PATTERN)
        @ValidationRule(value = Durations.RULE, message = Durations.REMEDY)
        @Size(max = Durations.MAX_LENGTH)
        @JsonPropertyDescription(
            "The longest that one attempt may take. Task timeout, drain deadline and the pod's grace period follow."
                + " The broker's default, else 10m, when left out.")
        @Nullable String maxTaskDuration,
    @JsonPropertyDescription(
            "What happens to the queue in RabbitMQ when this resource is deleted: DeleteIfEmpty (it goes as soon as nothing"
                + " is in it), Retain (it stays) or Delete (it goes with what is in it). The broker's default, else"
                + " DeleteIfEmpty, when left out.")
        @Nullable DeletionPolicy deletionPolicy,
    @JsonPropertyDescription(
            "What a change of a setting does that a queue cannot change in place (type, priorities, shards,"
                + " singleActiveConsumer, arguments, deadLetter.exchange): Automatic moves to a new generation of the"
                + " queue at once, Manual waits for the annotation `warren.dev/migrate`. The broker's default, else"
                + " Automatic, when left out.")
        @Nullable MigrationPolicy migration,
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

  /// What a change of a setting does that a queue cannot change in place.
  public enum MigrationPolicy {
    /// Moves to a new generation of the queue at once.
    Automatic,
    /// Waits for the annotation `warren.dev/migrate`.
    Manual
  }
}
