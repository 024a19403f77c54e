package dev.warren.operator.taskworker;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskQueue;
import dev.warren.operator.broker.Holdings;
import dev.warren.operator.scaling.Memory;
import dev.warren.operator.scaling.Share;
import dev.warren.operator.taskqueue.BrokerView;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All that a plan for a TaskWorker is made from, apart from the TaskWorker itself.
///
/// @param queue the TaskQueue that it names
/// @param broker the TaskBroker of that queue
/// @param view what the broker shows
/// @param deployment the Deployment of its name, whoever made it
/// @param budget the PodDisruptionBudget that was made for it
/// @param configuration the runtime's ConfigMap
/// @param secret the Secret with its credentials
/// @param newPassword for a user that the plan makes
/// @param pods its pods
/// @param stores names of the entries of each Secret that its spec names and that exists, by the
///   Secret's name; an empty entry is none
/// @param share which part of the queue's tasks it gets
/// @param memory what the last decision about its size left
/// @param holdings which pods hold tasks; asked for only where the size depends on it, and empty if
///   the broker did not say
record ObservedWorker(
    Optional<TaskQueue> queue,
    Optional<TaskBroker> broker,
    BrokerView view,
    Optional<Deployment> deployment,
    Optional<PodDisruptionBudget> budget,
    Optional<ConfigMap> configuration,
    Optional<Secret> secret,
    String newPassword,
    List<Pod> pods,
    Map<String, Set<String>> stores,
    Share share,
    Memory memory,
    Optional<Holdings> holdings) {
  ObservedWorker {
    pods = List.copyOf(pods);
    stores = Map.copyOf(stores);
  }

  /// The same with what was asked for later.
  ObservedWorker with(Optional<Holdings> asked) {
    return new ObservedWorker(
        queue,
        broker,
        view,
        deployment,
        budget,
        configuration,
        secret,
        newPassword,
        pods,
        stores,
        share,
        memory,
        asked);
  }

  /// How many pods are wanted so far.
  int currentReplicas() {
    return deployment.map(found -> found.getSpec().getReplicas()).orElse(0);
  }

  /// Leaves the password out.
  @Override
  public String toString() {
    return "ObservedWorker[queue=%s, view=%s, pods=%d]".formatted(queue, view, pods.size());
  }
}
