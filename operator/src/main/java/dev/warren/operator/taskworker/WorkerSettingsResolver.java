package dev.warren.operator.taskworker;

import dev.warren.crds.AutoscalingSpec;
import dev.warren.crds.RateLimitSpec;
import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskWorker;
import dev.warren.crds.TaskWorkerSpec;
import dev.warren.model.DurationText;
import dev.warren.operator.scaling.ScalingPolicy;
import dev.warren.operator.taskqueue.CeilingCheck;
import dev.warren.operator.taskqueue.SettingsResolver;
import dev.warren.operator.topology.QueueTopology;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/// Reads a TaskWorker's spec into {@link WorkerSettings}; what is wrong with it is an illegal
/// argument that names the field, the value and the remedy. Pure.
final class WorkerSettingsResolver {
  private static final int DEFAULT_MAX_REPLICAS = 20;
  private static final int DEFAULT_TARGET_BACKLOG = 100;
  private static final Duration DEFAULT_COOLDOWN = Duration.ofMinutes(1);

  private WorkerSettingsResolver() {}

  static WorkerSettings resolve(
      TaskWorker worker, TaskQueue queue, TaskBroker broker, QueueTopology topology) {
    var spec = worker.getSpec();
    var namespace = worker.getMetadata().getNamespace();
    var name = worker.getMetadata().getName();
    return new WorkerSettings(
        namespace,
        name,
        spec.image(),
        topology,
        ConfigurationResolver.resolve(worker, topology),
        sharesRateLimit(spec),
        StoreSecret.of(spec),
        scaling(spec, queue, broker),
        Objects.requireNonNullElse(spec.podTemplate(), Map.of()));
  }

  private static boolean sharesRateLimit(TaskWorkerSpec spec) {
    return spec.rateLimit() != null
        && spec.rateLimit().scope() != RateLimitSpec.Scope.Pod
        && spec.rateLimit().redis() == null;
  }

  private static ScalingPolicy scaling(TaskWorkerSpec spec, TaskQueue queue, TaskBroker broker) {
    if (WorkerSettings.paused(spec)) {
      return new ScalingPolicy.Fixed(0, "paused by spec.paused");
    }
    if (SettingsResolver.paused(queue)) {
      return new ScalingPolicy.Fixed(0, "the TaskQueue is paused");
    }
    if (spec.autoscaling() != null && spec.replicas() != null) {
      throw new IllegalArgumentException(
          "spec.autoscaling and spec.replicas are both set; leave one of them out");
    }
    if (spec.autoscaling() == null) {
      var replicas = Objects.requireNonNullElse(spec.replicas(), 1);
      checkCeiling("spec.replicas", replicas, broker);
      return new ScalingPolicy.Fixed(replicas, "%d: fixed by spec.replicas".formatted(replicas));
    }
    return byBacklog(spec.autoscaling(), broker);
  }

  private static void checkCeiling(String field, int pods, TaskBroker broker) {
    var ceiling = CeilingCheck.of(broker).workers();
    if (ceiling != null && pods > ceiling) {
      throw new IllegalArgumentException(
          CeilingCheck.exceeded(broker, field, pods, "workers", ceiling));
    }
  }

  private static ScalingPolicy byBacklog(AutoscalingSpec spec, TaskBroker broker) {
    var min = Objects.requireNonNullElse(spec.minReplicas(), 0);
    var ceiling = CeilingCheck.of(broker).workers();
    var max =
        Objects.requireNonNullElse(
            spec.maxReplicas(),
            ceiling == null ? DEFAULT_MAX_REPLICAS : Math.min(DEFAULT_MAX_REPLICAS, ceiling));
    checkCeiling("spec.autoscaling.maxReplicas", max, broker);
    var target = Objects.requireNonNullElse(spec.targetBacklog(), DEFAULT_TARGET_BACKLOG);
    if (min > max) {
      throw new IllegalArgumentException(
          "spec.autoscaling.minReplicas %d is above maxReplicas %d; lower the one or raise the other"
              .formatted(min, max));
    }
    return new ScalingPolicy.ByBacklog(min, max, target, cooldown(spec));
  }

  private static Duration cooldown(AutoscalingSpec spec) {
    try {
      return spec.cooldown() == null ? DEFAULT_COOLDOWN : DurationText.parse(spec.cooldown());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("spec.autoscaling.cooldown: " + e.getMessage(), e);
    }
  }
}
