package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// When a failed task is tried again. What a TaskQueue leaves out its TaskBroker may say; the
/// schema has no defaults, which would hide that.
@JsonIgnoreProperties(ignoreUnknown = true)
public record RetrySpec(
    @Min(1) @Max(30) @JsonPropertyDescription("Attempts in all, the first one included; default 5.")
        @Nullable Integer maxAttempts,
    @Pattern(Durations.PATTERN)
        @ValidationRule(value = Durations.RULE, message = Durations.REMEDY)
        @Size(max = Durations.MAX_LENGTH)
        @JsonPropertyDescription("Before the second attempt; default 1s.")
        @Nullable String initialDelay,
    @Min(1)
        @Max(10)
        @JsonPropertyDescription("By which each delay is longer than the one before; default 2.")
        @Nullable Double multiplier,
    @Pattern(Durations.PATTERN)
        @ValidationRule(value = Durations.RULE, message = Durations.REMEDY)
        @Size(max = Durations.MAX_LENGTH)
        @JsonPropertyDescription("No delay is longer; at most 30d, default 10m.")
        @Nullable String maxDelay,
    @Min(0)
        @Max(0.5)
        @JsonPropertyDescription(
            "The share by which a delay may be longer, in steps of 0.1; default 0.2.")
        @Nullable Double jitter,
    @Pattern(Durations.PATTERN)
        @ValidationRule(value = Durations.RULE, message = Durations.REMEDY)
        @ValidationRule(value = Durations.POSITIVE_RULE, message = Durations.POSITIVE_REMEDY)
        @Size(max = Durations.MAX_LENGTH)
        @JsonPropertyDescription(
            "A task that was first seen longer ago is not retried or snoozed again, but dead-lettered; default 7d, or twice"
                + " what the delays add up to if that is more.")
        @Nullable String maxAge) {
  /// Of a resource that says nothing.
  public static final RetrySpec NONE = new RetrySpec(null, null, null, null, null, null);
}
