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

/// How many tasks may start in a time.
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "!has(self.redis) || !has(self.scope) || self.scope == 'Worker'",
    message = "redis keeps one limit for all pods; set scope to Worker, or leave redis out",
    fieldPath = ".redis")
public record RateLimitSpec(
    @Required @Min(1) @Max(1000000) @JsonPropertyDescription("Tasks that may start in each `per`.")
        Integer tasks,
    @Default("1m")
        @Pattern(Durations.PATTERN)
        @ValidationRule(value = Durations.RULE, message = Durations.REMEDY)
        @ValidationRule(value = Durations.POSITIVE_RULE, message = Durations.POSITIVE_REMEDY)
        @Size(max = Durations.MAX_LENGTH)
        @JsonPropertyDescription("The time in which they may start.")
        @Nullable String per,
    @Min(1)
        @Max(1000000)
        @JsonPropertyDescription(
            "Tasks that may start at once after a pause; those of one second, at least 1, when left out.")
        @Nullable Integer burst,
    @Default("Worker")
        @JsonPropertyDescription(
            "Worker: all pods together start no more; each that is ready gets an equal share. Pod: each pod may start as"
                + " many.")
        @Nullable Scope scope,
    @JsonPropertyDescription(
            "Keeps the limit of all pods in one place, so that a pod may use what another leaves, and the limit holds"
                + " while pods come and go.")
        @Nullable Redis redis) {

  /// Whose limit it is.
  public enum Scope {
    /// Of each pod.
    Pod,
    /// Of all pods together.
    Worker
  }

  /// A Redis.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Redis(
      @Required
          @JsonPropertyDescription(
              "Secret with its address: key `uri`, and `username` and `password` if the address holds none.")
          LocalSecretReference secretRef) {}
}
