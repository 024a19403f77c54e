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

/// How tasks are gathered for a handler that takes several at once.
@JsonIgnoreProperties(ignoreUnknown = true)
public record BatchSpec(
    @Required
        @Min(1)
        @Max(10000)
        @JsonPropertyDescription("The most tasks of a batch; at most concurrency.")
        Integer size,
    @Default("200ms")
        @Pattern(Durations.PATTERN)
        @ValidationRule(value = Durations.RULE, message = Durations.REMEDY)
        @Size(max = Durations.MAX_LENGTH)
        @JsonPropertyDescription("How long the first task of a batch waits for more; at most 1m.")
        @Nullable String maxWait) {}
