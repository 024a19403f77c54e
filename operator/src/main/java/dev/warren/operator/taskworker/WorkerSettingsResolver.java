package dev.warren.operator.taskworker;

import dev.warren.crds.RateLimitSpec;
import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskWorker;
import dev.warren.crds.TaskWorkerSpec;
import dev.warren.operator.scaling.ScalingPolicy;
import dev.warren.operator.taskqueue.CeilingCheck;
import dev.warren.operator.taskqueue.SettingsResolver;
import dev.warren.operator.topology.QueueTopology;
import java.util.Map;
import java.util.Objects;

/// Reads a TaskWorker's spec into {@link WorkerSettings}; what is wrong with it is an illegal
/// argument that names the field, the value and the remedy. Pure.
final class WorkerSettingsResolver {
  static final int DEFAULT_REPLICAS = 1;

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
        scaling(spec, queue, broker, topology),
        Objects.requireNonNullElse(spec.podTemplate(), Map.of()));
  }

  private static boolean sharesRateLimit(TaskWorkerSpec spec) {
    return spec.rateLimit() != null
        && spec.rateLimit().scope() != RateLimitSpec.Scope.Pod
        && spec.rateLimit().redis() == null;
  }

  private static ScalingPolicy scaling(
      TaskWorkerSpec spec, TaskQueue queue, TaskBroker broker, QueueTopology topology) {
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
      var replicas = Objects.requireNonNullElse(spec.replicas(), DEFAULT_REPLICAS);
      checkCeiling("spec.replicas", replicas, broker);
      return new ScalingPolicy.Fixed(replicas, "%d: fixed by spec.replicas".formatted(replicas));
    }
    return AutoscalingReader.read(
        spec, spec.autoscaling(), broker, topology.settings().maxTaskDuration());
  }

  static void checkCeiling(String field, int pods, TaskBroker broker) {
    var ceiling = CeilingCheck.of(broker).workers();
    if (ceiling != null && pods > ceiling) {
      throw new IllegalArgumentException(
          CeilingCheck.exceeded(broker, field, pods, "workers", ceiling));
    }
  }
}
