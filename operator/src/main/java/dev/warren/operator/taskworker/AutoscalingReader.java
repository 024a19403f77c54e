package dev.warren.operator.taskworker;

import dev.warren.crds.AutoscalingSpec;
import dev.warren.crds.RateLimitSpec;
import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskWorkerSpec;
import dev.warren.model.DurationText;
import dev.warren.model.Flow;
import dev.warren.operator.scaling.Limits;
import dev.warren.operator.scaling.ScalingPolicy;
import dev.warren.operator.scaling.Schedule;
import dev.warren.operator.scaling.Target;
import dev.warren.operator.taskqueue.CeilingCheck;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads how a TaskWorker's number of pods follows the queue; what is wrong with it is an illegal
/// argument that names the field, the value and the remedy. Pure.
final class AutoscalingReader {
  private static final String FIELD = "spec.autoscaling";
  private static final int DEFAULT_MAX_REPLICAS = 20;
  private static final int DEFAULT_TARGET_BACKLOG = 100;
  private static final Duration DEFAULT_COOLDOWN = Duration.ofMinutes(1);
  private static final Duration DEFAULT_STABILIZATION = Duration.ofMinutes(2);

  private AutoscalingReader() {}

  /// @param longestTask the longest that a task of the queue may take
  static ScalingPolicy read(
      TaskWorkerSpec worker, AutoscalingSpec spec, TaskBroker broker, Duration longestTask) {
    return new ScalingPolicy.Automatic(
        target(spec),
        limits(spec, broker),
        Objects.requireNonNullElse(worker.concurrency(), Flow.DEFAULT_CONCURRENCY),
        longestTask,
        rateLimit(worker.rateLimit()));
  }

  /// Most pods, as they are set or else as many as the broker's ceiling allows; it may be above
  /// that.
  static int maxReplicas(AutoscalingSpec spec, TaskBroker broker) {
    var ceiling = CeilingCheck.of(broker).workers();
    return Objects.requireNonNullElse(
        spec.maxReplicas(),
        ceiling == null ? DEFAULT_MAX_REPLICAS : Math.min(DEFAULT_MAX_REPLICAS, ceiling));
  }

  private static Target target(AutoscalingSpec spec) {
    if (spec.targetWait() != null && spec.targetBacklog() != null) {
      throw new IllegalArgumentException(
          FIELD
              + ".targetWait '%s' and targetBacklog %d are both set; leave one of them out"
                  .formatted(spec.targetWait(), spec.targetBacklog()));
    }
    return named(
        FIELD,
        () ->
            spec.targetWait() == null
                ? new Target.Backlog(
                    Objects.requireNonNullElse(spec.targetBacklog(), DEFAULT_TARGET_BACKLOG))
                : new Target.Wait(duration("targetWait", spec.targetWait(), Duration.ZERO)));
  }

  private static Limits limits(AutoscalingSpec spec, TaskBroker broker) {
    var max = maxReplicas(spec, broker);
    WorkerSettingsResolver.checkCeiling(FIELD + ".maxReplicas", max, broker);
    var up = spec.scaleUp() == null ? null : spec.scaleUp().maxStep();
    var down = spec.scaleDown() == null ? null : spec.scaleDown().maxStep();
    var window = spec.scaleDown() == null ? null : spec.scaleDown().stabilization();
    var schedules = schedules(spec, max);
    var min = Objects.requireNonNullElse(spec.minReplicas(), 0);
    if (min > max) {
      throw new IllegalArgumentException(
          FIELD
              + ".minReplicas %d is above maxReplicas %d; lower the one or raise the other"
                  .formatted(min, max));
    }
    return new Limits(
        min,
        max,
        duration("cooldown", spec.cooldown(), DEFAULT_COOLDOWN),
        duration("scaleDown.stabilization", window, DEFAULT_STABILIZATION),
        Objects.requireNonNullElse(up, Limits.ANY_STEP),
        Objects.requireNonNullElse(down, Limits.ANY_STEP),
        schedules);
  }

  private static List<Schedule> schedules(AutoscalingSpec spec, int max) {
    return Objects.requireNonNullElse(spec.schedules(), List.<AutoscalingSpec.Schedule>of())
        .stream()
        .map(schedule -> named(FIELD + ".schedules", () -> schedule(schedule, max)))
        .toList();
  }

  private static Schedule schedule(AutoscalingSpec.Schedule spec, int max) {
    if (spec.minReplicas() > max) {
      throw new IllegalArgumentException(
          "minReplicas %d is above maxReplicas %d; lower the one or raise the other"
              .formatted(spec.minReplicas(), max));
    }
    return Schedule.of(
        spec.start(),
        spec.end(),
        Objects.requireNonNullElse(spec.timeZone(), "UTC"),
        spec.minReplicas());
  }

  /// Only a limit of all pods together says how many are of use.
  private static OptionalDouble rateLimit(@Nullable RateLimitSpec spec) {
    if (spec == null || spec.scope() == RateLimitSpec.Scope.Pod) {
      return OptionalDouble.empty();
    }
    var per = DurationText.parse(Objects.requireNonNullElse(spec.per(), "1m"));
    return OptionalDouble.of(spec.tasks() * 1e9 / per.toNanos());
  }

  private static Duration duration(String field, @Nullable String text, Duration otherwise) {
    return text == null ? otherwise : named(FIELD + "." + field, () -> DurationText.parse(text));
  }

  private static <T> T named(String field, Supplier<T> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException e) {
      var message = String.valueOf(e.getMessage());
      throw new IllegalArgumentException(
          message.startsWith(FIELD) ? message : field + ": " + message, e);
    }
  }
}
