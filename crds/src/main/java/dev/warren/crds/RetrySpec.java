package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/// When a failed task is tried again.
@JsonIgnoreProperties(ignoreUnknown = true)
public record RetrySpec(
    @Default("5")
        @Min(1)
        @Max(30)
        @JsonPropertyDescription("Attempts in all, the first one included.")
        @Nullable Integer maxAttempts,
    @Default("1s")
        @Pattern(Durations.PATTERN)
        @Size(max = Durations.MAX_LENGTH)
        @JsonPropertyDescription("Before the second attempt.")
        @Nullable String initialDelay,
    @Default("2")
        @Min(1)
        @Max(10)
        @JsonPropertyDescription("By which each delay is longer than the one before.")
        @Nullable Double multiplier,
    @Default("10m")
        @Pattern(Durations.PATTERN)
        @Size(max = Durations.MAX_LENGTH)
        @JsonPropertyDescription("No delay is longer; at most 30d.")
        @Nullable String maxDelay,
    @Default("0.2")
        @Min(0)
        @Max(0.5)
        @JsonPropertyDescription("The share by which a delay may be longer, in steps of 0.1.")
        @Nullable Double jitter) {}
