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
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the number of pods follows the queue.
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "(has(self.minReplicas) ? self.minReplicas : 0) <= (has(self.maxReplicas) ? self.maxReplicas : 20)",
    message =
        "minReplicas is above maxReplicas (20 when left out); lower the one or raise the other",
    fieldPath = ".minReplicas")
@ValidationRule(
    value = "!(has(self.targetWait) && has(self.targetBacklog))",
    message = "targetWait and targetBacklog are both set; leave one of them out",
    fieldPath = ".targetWait")
@ValidationRule(
    value =
        "!has(self.schedules) || self.schedules.all(s, s.minReplicas <= (has(self.maxReplicas) ? self.maxReplicas : 20))",
    message =
        "minReplicas of a schedule is above maxReplicas (20 when left out); lower the one or raise the other",
    fieldPath = ".schedules")
public record AutoscalingSpec(
    @Default("0") @Min(0) @Max(1000) @JsonPropertyDescription("The fewest pods.")
        @Nullable Integer minReplicas,
    @Min(1)
        @Max(1000)
        @JsonPropertyDescription(
            "The most pods; 20 when left out, or the ceiling of the TaskBroker for workers if that is lower.")
        @Nullable Integer maxReplicas,
    @Pattern(Durations.PATTERN)
        @ValidationRule(value = Durations.RULE, message = Durations.REMEDY)
        @ValidationRule(value = Durations.POSITIVE_RULE, message = Durations.POSITIVE_REMEDY)
        @Size(max = Durations.MAX_LENGTH)
        @JsonPropertyDescription("How long a task may wait until it starts.")
        @Nullable String targetWait,
    @Min(1)
        @Max(1000000)
        @JsonPropertyDescription(
            "Tasks, waiting and running, for each pod; 100 when targetWait is left out too.")
        @Nullable Integer targetBacklog,
    @Default("1m")
        @Pattern(Durations.PATTERN)
        @ValidationRule(value = Durations.RULE, message = Durations.REMEDY)
        @Size(max = Durations.MAX_LENGTH)
        @JsonPropertyDescription("How long nothing must wait or run before there is no pod.")
        @Nullable String cooldown,
    @JsonPropertyDescription("How fast pods are added.") @Nullable Up scaleUp,
    @JsonPropertyDescription("How fast pods are taken away.") @Nullable Down scaleDown,
    @Size(max = 20) @JsonPropertyDescription("Times in which there are at least so many pods.")
        @Nullable List<Schedule> schedules,
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

  /// How fast pods are added.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Up(
      @Min(1)
          @Max(1000)
          @JsonPropertyDescription("Most pods added in 15 s; any number when left out.")
          @Nullable Integer maxStep) {}

  /// How fast pods are taken away.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Down(
      @Min(1)
          @Max(1000)
          @JsonPropertyDescription("Most pods taken away in 15 s; any number when left out.")
          @Nullable Integer maxStep,
      @Default("2m")
          @Pattern(Durations.PATTERN)
          @ValidationRule(value = Durations.RULE, message = Durations.REMEDY)
          @Size(max = Durations.MAX_LENGTH)
          @JsonPropertyDescription("How long fewer pods must be enough before there are fewer.")
          @Nullable String stabilization) {}

  /// A time that comes again and again, in which there are at least so many pods.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Schedule(
      @Required
          @Size(min = 1, max = 100)
          @ValidationRule(value = CRON, message = CRON_REMEDY)
          @JsonPropertyDescription("When it begins: a cron expression.")
          String start,
      @Required
          @Size(min = 1, max = 100)
          @ValidationRule(value = CRON, message = CRON_REMEDY)
          @JsonPropertyDescription("When it ends: a cron expression.")
          String end,
      @Default("UTC")
          @Size(min = 1, max = 64)
          @JsonPropertyDescription("In which both are read, such as Europe/Berlin.")
          @Nullable String timeZone,
      @Required @Min(1) @Max(1000) @JsonPropertyDescription("The fewest pods while it lasts.")
          Integer minReplicas) {
    private static final String CRON = "self.matches('^[^ ]+( +[^ ]+){4}$')";
    private static final String CRON_REMEDY =
        "a cron expression has five fields: minute, hour, day of month, month, day of week, such as 0 8 * * 1-5";
  }
}
