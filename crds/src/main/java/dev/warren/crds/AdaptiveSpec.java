package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// Lets each pod find its concurrency by itself, up to the one that is set.
@JsonIgnoreProperties(ignoreUnknown = true)
public record AdaptiveSpec(
    @Default("1")
        @Min(1)
        @Max(10000)
        @JsonPropertyDescription("The fewest tasks in flight in one pod.")
        @Nullable Integer minConcurrency,
    @Required
        @Pattern(Durations.PATTERN)
        @ValidationRule(value = Durations.RULE, message = Durations.REMEDY)
        @ValidationRule(value = Durations.POSITIVE_RULE, message = Durations.POSITIVE_REMEDY)
        @Size(max = Durations.MAX_LENGTH)
        @JsonPropertyDescription(
            "How long a task should take; while tasks take longer, fewer run at once.")
        String targetDuration) {}
