package dev.warren.local.pods;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/// Decides which pods a Deployment needs and which must go. Pure.
///
/// A change of the template replaces pods one by one: one more than wanted is started, and an old
/// one goes when the new one is ready. Strategy `Recreate` ends the old ones first.
final class DeploymentPlanner {
  private static final int SURGE = 1;
  private static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

  /// Who goes first: who is not ready, then who costs least, then the youngest.
  private static final Comparator<Pod> FIRST_TO_GO =
      Comparator.comparing(DeploymentPlanner::isReady)
          .thenComparingInt(DeploymentPlanner::deletionCost)
          .thenComparing(
              pod -> pod.getMetadata().getCreationTimestamp(), Comparator.reverseOrder());

  private DeploymentPlanner() {}

  /// @param pods all that belong to it, those being deleted too
  static DeploymentPlan plan(Deployment deployment, List<Pod> pods, Instant now) {
    var hash = PodTemplates.hash(deployment);
    var living = pods.stream().filter(pod -> !pod.isMarkedForDeletion()).toList();
    var current = living.stream().filter(hasHash(hash)).toList();
    var old = living.stream().filter(hasHash(hash).negate()).toList();
    var wanted = Optional.ofNullable(deployment.getSpec().getReplicas()).orElse(1);
    var status = DeploymentStatuses.status(deployment, living, current, now);
    var delete = new ArrayList<Pod>();
    if (isRecreated(deployment) && pods.size() > current.size()) {
      delete.addAll(old);
      return new DeploymentPlan(0, delete, status);
    }
    delete.addAll(first(current, current.size() - wanted));
    delete.addAll(dispensable(old, living, wanted));
    var room = wanted + (old.isEmpty() ? 0 : SURGE) - living.size();
    var create = Math.clamp(wanted - current.size(), 0, Math.max(0, room));
    return new DeploymentPlan(create, delete, status);
  }

  /// Old pods that are no use, and those without which enough are ready.
  private static List<Pod> dispensable(List<Pod> old, List<Pod> living, int wanted) {
    var ready = living.stream().filter(DeploymentPlanner::isReady).count();
    var useless = old.stream().filter(pod -> !isReady(pod)).count();
    return first(old, (int) (useless + Math.max(0, ready - wanted)));
  }

  private static List<Pod> first(List<Pod> pods, int count) {
    return pods.stream().sorted(FIRST_TO_GO).limit(Math.max(0, count)).toList();
  }

  static boolean isReady(Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(it -> it.getType().equals("Ready") && it.getStatus().equals("True"));
  }

  private static int deletionCost(Pod pod) {
    var annotations = Optional.ofNullable(pod.getMetadata().getAnnotations()).orElse(Map.of());
    try {
      return Integer.parseInt(annotations.getOrDefault(DELETION_COST, "0"));
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  private static boolean isRecreated(Deployment deployment) {
    var strategy = deployment.getSpec().getStrategy();
    return strategy != null && "Recreate".equals(strategy.getType());
  }

  private static Predicate<Pod> hasHash(String hash) {
    return pod -> Objects.equals(hash, pod.getMetadata().getLabels().get(PodTemplates.HASH_LABEL));
  }
}
