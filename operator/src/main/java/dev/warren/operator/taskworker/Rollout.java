package dev.warren.operator.taskworker;

import dev.warren.operator.resource.Difference;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How far pods run by what their TaskWorker says now: by its template, and by the configuration
/// that they take while they run. Pure.
///
/// @param deployment as it should be
/// @param configuration as it should be; empty for an image with a consumer of its own
record Rollout(Deployment deployment, Optional<ConfigMap> configuration, ObservedWorker observed) {
  /// How long a pod may take to read a changed configuration: a kubelet brings it at once or after
  /// 90 s, more if it is busy.
  static final Duration READING = Duration.ofMinutes(5);

  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  /// Whether no pod can run by former settings, also none that drains; false in doubt.
  boolean isOver(Instant now) {
    var pods = observed.pods().stream().filter(Rollout::runs).toList();
    var found = observed.deployment();
    if (pods.isEmpty()) {
      return found.isEmpty() || isWritten(found.get());
    }
    return found.filter(written -> isWritten(written) && has(written, pods)).isPresent()
        && again(now).isEmpty();
  }

  /// When pods will have read the configuration, if that is still to come.
  Optional<Duration> again(Instant now) {
    return configuration
        .map(
            desired -> Duration.between(now, DesiredConfiguration.changedAt(desired)).plus(READING))
        .filter(Duration::isPositive);
  }

  private boolean isWritten(Deployment found) {
    // The number of pods may be somebody else's, and says nothing of what they run by.
    var unsized = new DeploymentBuilder(deployment).editSpec().withReplicas(null).endSpec().build();
    return !Difference.exists(unsized, Optional.of(found));
  }

  private static boolean has(Deployment found, List<Pod> pods) {
    var status = Optional.ofNullable(found.getStatus()).orElseGet(DeploymentStatus::new);
    return Objects.equals(status.getObservedGeneration(), found.getMetadata().getGeneration())
        && count(status.getUpdatedReplicas()) == count(status.getReplicas())
        && pods.size() == count(status.getReplicas())
        && pods.stream().noneMatch(Pod::isMarkedForDeletion);
  }

  private static boolean runs(Pod pod) {
    return Optional.ofNullable(pod.getStatus())
        .map(PodStatus::getPhase)
        .filter(ENDED::contains)
        .isEmpty();
  }

  /// A count of zero is absent.
  private static int count(@Nullable Integer count) {
    return count == null ? 0 : count;
  }
}
