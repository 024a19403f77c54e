package dev.warren.local.pods;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Words the status of a Deployment as the real controller does: a count of zero is absent. Pure.
final class DeploymentStatuses {
  private DeploymentStatuses() {}

  /// @param living its pods, without those being deleted
  /// @param current those of its present template
  static DeploymentStatus status(
      Deployment deployment, List<Pod> living, List<Pod> current, Instant now) {
    var wanted = Optional.ofNullable(deployment.getSpec().getReplicas()).orElse(1);
    var ready = (int) living.stream().filter(DeploymentPlanner::isReady).count();
    var isComplete = current.size() == wanted && living.size() == wanted && ready >= wanted;
    var progress = isComplete ? "NewReplicaSetAvailable" : "ReplicaSetUpdated";
    var availability = ready >= wanted ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable";
    return new DeploymentStatusBuilder()
        .withObservedGeneration(deployment.getMetadata().getGeneration())
        .withReplicas(count(living.size()))
        .withUpdatedReplicas(count(current.size()))
        .withReadyReplicas(count(ready))
        .withAvailableReplicas(count(ready))
        .withUnavailableReplicas(count(Math.max(wanted, living.size()) - ready))
        .withConditions(
            condition(deployment, "Available", ready >= wanted, availability, now),
            condition(deployment, "Progressing", true, progress, now))
        .build();
  }

  private static @Nullable Integer count(int count) {
    return count == 0 ? null : count;
  }

  private static DeploymentCondition condition(
      Deployment deployment, String type, boolean holds, String reason, Instant now) {
    var status = holds ? "True" : "False";
    var condition =
        new DeploymentConditionBuilder().withType(type).withStatus(status).withReason(reason);
    var before =
        Optional.ofNullable(deployment.getStatus()).map(DeploymentStatus::getConditions).stream()
            .flatMap(List::stream)
            .filter(it -> it.getType().equals(type))
            .findFirst();
    var time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    var sameStatus = before.filter(it -> it.getStatus().equals(status));
    var same = sameStatus.filter(it -> it.getReason().equals(reason));
    return condition
        .withLastTransitionTime(
            sameStatus.map(DeploymentCondition::getLastTransitionTime).orElse(time))
        .withLastUpdateTime(same.map(DeploymentCondition::getLastUpdateTime).orElse(time))
        .build();
  }
}
