package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which tasks the pods run, with what, and how many pods there are.
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "!(has(self.replicas) && has(self.autoscaling))",
    message = "replicas and autoscaling are both set; leave one of them out",
    fieldPath = ".autoscaling")
@ValidationRule(
    value =
        "!has(self.prefetch) || self.prefetch >= (has(self.concurrency) ? self.concurrency : 10)",
    message = "prefetch is less than concurrency (10 when left out); raise it or leave it out",
    fieldPath = ".prefetch")
@ValidationRule(
    value =
        "!has(self.batch) || self.batch.size <= (has(self.concurrency) ? self.concurrency : 10)",
    message =
        "batch.size is more than concurrency (10 when left out), so that no batch would ever be whole; lower the one or"
            + " raise the other",
    fieldPath = ".batch.size")
@ValidationRule(
    value =
        "!has(self.adaptive) || !has(self.adaptive.minConcurrency)"
            + " || self.adaptive.minConcurrency <= (has(self.concurrency) ? self.concurrency : 10)",
    message =
        "adaptive.minConcurrency is more than concurrency (10 when left out); lower the one or raise the other",
    fieldPath = ".adaptive.minConcurrency")
@ValidationRule(
    value =
        "!has(self.handler.custom) || !(has(self.rateLimit) || has(self.batch) || has(self.idempotency)"
            + " || has(self.adaptive) || has(self.circuitBreaker) || has(self.errors))",
    message =
        "a custom handler consumes by itself and knows nothing of rateLimit, batch, idempotency, adaptive,"
            + " circuitBreaker and errors; leave them out",
    fieldPath = ".handler")
public record TaskWorkerSpec(
    @Required
        @Size(min = 1, max = 63)
        @JsonPropertyDescription("The TaskQueue in the same namespace.")
        String queue,
    @Required
        @Size(min = 1, max = 512)
        @ValidationRule(
            value = "self.matches('^[^ \\\\t\\\\r\\\\n]+$')",
            message = "the name of an image has no spaces; write it as registry/name:tag")
        @JsonPropertyDescription("Image that holds the handler.")
        String image,
    @Required @JsonPropertyDescription("What runs a task.") HandlerSpec handler,
    @Default("10") @Min(1) @Max(10000) @JsonPropertyDescription("Tasks in flight in one pod.")
        @Nullable Integer concurrency,
    @Min(1)
        @Max(65535)
        @JsonPropertyDescription(
            "Tasks held by one pod, waiting ones included; a quarter above concurrency when left out.")
        @Nullable Integer prefetch,
    @JsonPropertyDescription(
            "Lets each pod find its concurrency by itself, with `concurrency` as the upper bound.")
        @Nullable AdaptiveSpec adaptive,
    @JsonPropertyDescription("How many tasks may start in a time; no limit when left out.")
        @Nullable RateLimitSpec rateLimit,
    @JsonPropertyDescription(
            "Stops fetching while most tasks fail, and probes with single ones; never when left out.")
        @Nullable CircuitBreakerSpec circuitBreaker,
    @JsonPropertyDescription(
            "Gathers tasks for a handler that takes several at once; one by one when left out.")
        @Nullable BatchSpec batch,
    @JsonPropertyDescription(
            "Recognises tasks that were done before, and does not run them again; never when left out.")
        @Nullable IdempotencySpec idempotency,
    @Size(max = 50)
        @JsonPropertyDescription(
            "What becomes of tasks whose handler throws; the first rule that matches counts, and without one the task is"
                + " retried.")
        @Nullable List<ErrorRuleSpec> errors,
    @Default("Info") @JsonPropertyDescription("The least severe of what the pods log.")
        @Nullable LogLevel logLevel,
    @Min(0)
        @Max(1000)
        @SpecReplicas
        @JsonPropertyDescription("A fixed number of pods; 1 when neither is set.")
        @Nullable Integer replicas,
    @JsonPropertyDescription("A number of pods that follows the queue.")
        @Nullable AutoscalingSpec autoscaling,
    @PreserveUnknownFields
        @JsonPropertyDescription(
            "A pod template (metadata, spec) that is merged over the generated one: lists of named things by name, other"
                + " lists as a whole. The container's name is `worker`.")
        @Nullable Map<String, Object> podTemplate,
    @Default("false") @JsonPropertyDescription("Scale to zero and stay there.")
        @Nullable Boolean paused) {

  /// The least severe of what pods log.
  public enum LogLevel {
    /// What failed for good.
    Error,
    /// What failed and is tried again.
    Warn,
    /// The life of the pods.
    Info,
    /// Each task.
    Debug
  }
}
