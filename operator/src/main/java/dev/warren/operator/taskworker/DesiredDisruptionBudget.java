package dev.warren.operator.taskworker;

import dev.warren.crds.TaskWorker;
import dev.warren.operator.resource.Labels;
import dev.warren.operator.resource.ServerSideApply;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;

/// The PodDisruptionBudget of a fleet. Tasks that an evicted pod does not finish come again, so it
/// is not there to keep tasks safe but to keep most of the fleet at work while nodes are drained.
/// Pure.
final class DesiredDisruptionBudget {
  /// The same part that a Deployment replaces at once unless told. Rounded up, so that a fleet of
  /// one never blocks a drain.
  private static final String MAX_UNAVAILABLE = "25%";

  private DesiredDisruptionBudget() {}

  static PodDisruptionBudget of(TaskWorker owner, WorkerSettings settings) {
    var labels = Labels.ofWorker(settings.name());
    return new PodDisruptionBudgetBuilder()
        .withNewMetadata()
        .withName(settings.name() + "-worker")
        .withNamespace(settings.namespace())
        .withLabels(labels)
        .withOwnerReferences(ServerSideApply.ownerReference(owner))
        .endMetadata()
        .withNewSpec()
        .withMaxUnavailable(new IntOrString(MAX_UNAVAILABLE))
        .withNewSelector()
        .withMatchLabels(labels)
        .endSelector()
        // A pod that crashes does no work that an eviction could disturb.
        .withUnhealthyPodEvictionPolicy("AlwaysAllow")
        .endSpec()
        .build();
  }
}
