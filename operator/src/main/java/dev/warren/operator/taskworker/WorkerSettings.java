package dev.warren.operator.taskworker;

import dev.warren.crds.TaskWorker;
import dev.warren.crds.TaskWorkerSpec;
import dev.warren.model.WorkerConfiguration;
import dev.warren.operator.scaling.ScalingPolicy;
import dev.warren.operator.topology.QueueSettings;
import dev.warren.operator.topology.QueueTopology;
import java.util.Map;
import java.util.Optional;

/// A TaskWorker's spec with every default filled in and every text parsed.
///
/// @param topology of the task queue
/// @param configuration for a pod of the shared runtime; empty if the image brings its own consumer
/// @param podTemplate what is merged over the generated pod
record WorkerSettings(
    String namespace,
    String name,
    String image,
    QueueTopology topology,
    Optional<WorkerConfiguration> configuration,
    ScalingPolicy scaling,
    Map<String, Object> podTemplate) {

  /// Settings of the task queue.
  QueueSettings queue() {
    return topology.settings();
  }

  /// The fleet's user in the broker. A namespace holds no dot, so that no two TaskWorkers share a
  /// user.
  static String userOf(TaskWorker worker) {
    return "warren.worker."
        + worker.getMetadata().getNamespace()
        + "."
        + worker.getMetadata().getName();
  }

  /// Name of the Secret with the fleet's credentials.
  String bindingSecret() {
    return name + "-worker-binding";
  }

  /// Name of the runtime's ConfigMap.
  String configMap() {
    return name + "-worker";
  }

  /// Whether no pod may run.
  static boolean paused(TaskWorkerSpec spec) {
    return Boolean.TRUE.equals(spec.paused());
  }
}
