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

/// How the number of pods follows the queue.
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "(has(self.minReplicas) ? self.minReplicas : 0) <= (has(self.maxReplicas) ? self.maxReplicas : 20)",
    message =
        "minReplicas is above maxReplicas (20 when left out); lower the one or raise the other",
    fieldPath = ".minReplicas")
public record AutoscalingSpec(
    @Default("0") @Min(0) @Max(1000) @Nullable Integer minReplicas,
    @Min(1)
        @Max(1000)
        @JsonPropertyDescription(
            "20 when left out, or the ceiling of the TaskBroker for workers if that is lower.")
        @Nullable Integer maxReplicas,
    @Default("100")
        @Min(1)
        @Max(1000000)
        @JsonPropertyDescription("Tasks, waiting and running, for each pod.")
        @Nullable Integer targetBacklog,
    @Default("1m")
        @Pattern(Durations.PATTERN)
        @ValidationRule(value = Durations.RULE, message = Durations.REMEDY)
        @Size(max = Durations.MAX_LENGTH)
        @JsonPropertyDescription("How long fewer pods must be enough before there are fewer.")
        @Nullable String cooldown,
    @JsonPropertyDescription("What carries it out; as the operator is configured when left out.")
        @Nullable Engine engine) {

  /// What carries a size out.
  public enum Engine {
    /// A HorizontalPodAutoscaler that asks the operator.
    Hpa,
    /// The operator itself.
    Direct,
    /// A ScaledObject that asks the operator.
    Keda
  }
}
