package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// What becomes of tasks that are given up; the queue's name is the task queue's with `.dlq`.
@JsonIgnoreProperties(ignoreUnknown = true)
public record DeadLetterSpec(
    @Default("warren.dead-letter")
        @Pattern(Names.IN_BROKER)
        @ValidationRule(value = Names.IN_BROKER_RULE, message = Names.IN_BROKER_REMEDY)
        @Size(min = 1, max = Names.IN_BROKER_MAX_LENGTH)
        @JsonPropertyDescription(
            "Direct exchange that takes dead letters; the routing key is the queue's name.")
        @ValidationRule(
            value =
                "self == 'warren.dead-letter' || !(self.startsWith('warren.') || self.startsWith('amq.'))",
            message =
                "exchanges that begin with 'warren.' or 'amq.' belong to Warren and RabbitMQ; choose another, or"
                    + " 'warren.dead-letter'")
        @Nullable String exchange,
    @Pattern(Durations.PATTERN)
        @ValidationRule(value = Durations.RULE, message = Durations.REMEDY)
        @Size(max = Durations.MAX_LENGTH)
        @JsonPropertyDescription(
            "How long a dead letter is kept, at most 49d; the broker's default, else 7d, when left out.")
        @Nullable String retention,
    @Min(1)
        @JsonPropertyDescription(
            "The most dead letters that are kept; the oldest goes first. The broker's default when left out.")
        @Nullable Long maxLength) {}
