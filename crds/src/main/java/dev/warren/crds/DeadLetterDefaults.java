package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// What becomes of tasks that are given up, where a TaskQueue does not say.
@JsonIgnoreProperties(ignoreUnknown = true)
public record DeadLetterDefaults(
    @Pattern(Durations.PATTERN)
        @ValidationRule(value = Durations.RULE, message = Durations.REMEDY)
        @Size(max = Durations.MAX_LENGTH)
        @JsonPropertyDescription("How long a dead letter is kept; at most 49d; default 7d.")
        @Nullable String retention,
    @Min(1) @JsonPropertyDescription("The most dead letters that are kept; the oldest goes first.")
        @Nullable Long maxLength) {}
