package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// When a pod stops fetching because what its handler depends on seems to be down.
@JsonIgnoreProperties(ignoreUnknown = true)
public record CircuitBreakerSpec(
    @Default("50")
        @Min(1)
        @Max(100)
        @JsonPropertyDescription("Percent of the tasks that fail, at which it stops.")
        @Nullable Integer failureRate,
    @Default("20")
        @Min(1)
        @Max(10000)
        @JsonPropertyDescription("The fewest tasks that show a rate.")
        @Nullable Integer minTasks,
    @Default("30s")
        @Pattern(Durations.PATTERN)
        @ValidationRule(value = Durations.RULE, message = Durations.REMEDY)
        @ValidationRule(value = Durations.POSITIVE_RULE, message = Durations.POSITIVE_REMEDY)
        @Size(max = Durations.MAX_LENGTH)
        @JsonPropertyDescription("Before it probes with a single task; 1s to 1h.")
        @Nullable String pause) {}
