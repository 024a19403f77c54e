package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/// What the tenants of a TaskBroker may use at most; what is left out has no ceiling. A TaskQueue
/// or TaskWorker above a ceiling is refused by a condition that names the ceiling and the
/// TaskBroker.
@JsonIgnoreProperties(ignoreUnknown = true)
public record Ceilings(
    @Min(1) @Max(100000) @JsonPropertyDescription("TaskQueues in one namespace.")
        @Nullable Integer queuesPerNamespace,
    @Min(1)
        @JsonPropertyDescription("The highest maxLength of a TaskQueue, and that of one without.")
        @Nullable Long maxLength,
    @Min(1)
        @JsonPropertyDescription("The highest maxBytes of a TaskQueue, and that of one without.")
        @Nullable Long maxBytes,
    @Min(1) @Max(64) @JsonPropertyDescription("Shards of one TaskQueue.") @Nullable Integer shards,
    @Min(1) @Max(255) @JsonPropertyDescription("The highest priority that a TaskQueue may have.")
        @Nullable Integer priorities,
    @Min(1) @Max(1000) @JsonPropertyDescription("Pods of one TaskWorker.")
        @Nullable Integer workers,
    @Min(1)
        @Max(1000000)
        @JsonPropertyDescription("Connections of the workers and producers of one namespace.")
        @Nullable Integer connectionsPerNamespace) {

  /// Of a TaskBroker that sets none.
  public static final Ceilings NONE = new Ceilings(null, null, null, null, null, null, null);
}
