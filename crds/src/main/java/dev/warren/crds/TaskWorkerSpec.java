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
        @Nullable Boolean paused) {}
