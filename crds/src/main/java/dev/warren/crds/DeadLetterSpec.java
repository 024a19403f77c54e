package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/// What becomes of tasks that are given up; the queue's name is the task queue's with `.dlq`.
@JsonIgnoreProperties(ignoreUnknown = true)
public record DeadLetterSpec(
    @Default("warren.dead-letter")
        @Pattern("^[A-Za-z0-9_.:-]+$")
        @Size(min = 1, max = 200)
        @JsonPropertyDescription(
            "Direct exchange that takes dead letters; the routing key is the queue's name.")
        @Nullable String exchange,
    @Default("7d")
        @Pattern(Durations.PATTERN)
        @Size(max = Durations.MAX_LENGTH)
        @JsonPropertyDescription("How long a dead letter is kept; at most 49d.")
        @Nullable String retention,
    @Min(1) @JsonPropertyDescription("The most dead letters that are kept; the oldest goes first.")
        @Nullable Long maxLength) {}
