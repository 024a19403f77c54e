package dev.warren.operator.taskworker;

import dev.warren.crds.TaskWorker;
import dev.warren.crds.TaskWorkerSpec;
import dev.warren.model.WorkerConfiguration;
import dev.warren.operator.resource.Verdict;
import dev.warren.operator.scaling.ScalingPolicy;
import dev.warren.operator.topology.QueueSettings;
import dev.warren.operator.topology.QueueTopology;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A TaskWorker's spec with every default filled in and every text parsed.
///
/// @param topology of the task queue
/// @param configuration for a pod of the shared runtime; empty if the image brings its own consumer
/// @param sharesRateLimit whether the rate limit in it is that of all pods, of which each gets a
///   share
/// @param stores what its pods mount of the namespace's own Secrets
/// @param podTemplate what is merged over the generated pod
record WorkerSettings(
    String namespace,
    String name,
    String image,
    QueueTopology topology,
    Optional<WorkerConfiguration> configuration,
    boolean sharesRateLimit,
    List<StoreSecret> stores,
    ScalingPolicy scaling,
    Map<String, Object> podTemplate) {

  WorkerSettings {
    stores = List.copyOf(stores);
  }

  /// The configuration of each pod.
  ///
  /// @param consuming how many pods there are to share with; none is as one
  Optional<WorkerConfiguration> configuration(int consuming) {
    return sharesRateLimit
        ? configuration.map(whole -> whole.withFlow(whole.flow().share(Math.max(1, consuming))))
        : configuration;
  }

  /// Why its pods could not start, if a Secret is missing that they mount. A fleet that is to have
  /// no pods needs none.
  ///
  /// @param found names of the entries of each Secret that exists
  Optional<Verdict> missingStore(Map<String, Set<String>> found) {
    return scaling instanceof ScalingPolicy.Fixed(var replicas, var _) && replicas == 0
        ? Optional.empty()
        : stores.stream().flatMap(store -> store.obstacle(namespace, found).stream()).findFirst();
  }

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
