package dev.warren.operator.taskworker;

import dev.warren.operator.broker.Holdings;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Which pods of a fleet work. When it gets smaller, a ReplicaSet stops those of the lowest
/// deletion cost first; so idle ones are marked with less than all others have, and it gets no
/// smaller than there are marked ones. Pure.
///
/// @param pods those that are not being deleted
record Occupancy(List<Pod> pods, Holdings holdings) {
  /// Read by the ReplicaSet controller; a pod without it counts as 0.
  static final String COST = "controller.kubernetes.io/pod-deletion-cost";

  private static final String IDLE = "-1";
  private static final String USUAL = "0";

  /// A pod, and what it is to cost to stop it.
  record Mark(Pod pod, String cost) {}

  Occupancy {
    pods = List.copyOf(pods);
  }

  /// How many hold tasks; empty unless it is known of each that consumes.
  OptionalInt busy() {
    var consuming = pods.stream().filter(Fleet::ready).map(this::held).toList();
    return consuming.stream().allMatch(OptionalLong::isPresent)
        ? OptionalInt.of((int) consuming.stream().filter(held -> held.orElseThrow() > 0).count())
        : OptionalInt.empty();
  }

  /// What is still to be marked, or marked no longer.
  List<Mark> marks() {
    return pods.stream().flatMap(pod -> mark(pod).stream()).toList();
  }

  /// Whether to mark pods before the fleet gets smaller: the ReplicaSet controller may hear of a
  /// new size sooner than of marks.
  ///
  /// @param current how many are wanted so far
  /// @param wanted how many will be
  boolean isToBeMarked(int current, int wanted) {
    return wanted > 0
        && current - wanted > departing(current)
        && pods.stream().anyMatch(pod -> isIdle(pod) && !isMarked(pod));
  }

  /// How many go before any that works: those that are not there or not ready, and marked ones.
  private int departing(int current) {
    var marked = pods.stream().filter(pod -> !Fleet.ready(pod) || (isIdle(pod) && isMarked(pod)));
    return Math.max(0, current - pods.size()) + (int) marked.count();
  }

  private Optional<Mark> mark(Pod pod) {
    if (isIdle(pod) == isMarked(pod)) {
      return Optional.empty();
    }
    return Optional.of(new Mark(pod, isIdle(pod) ? IDLE : USUAL));
  }

  private boolean isIdle(Pod pod) {
    var held = held(pod);
    return held.isPresent() && held.getAsLong() == 0;
  }

  private OptionalLong held(Pod pod) {
    return holdings.of(
        pod.getMetadata().getName(),
        Optional.ofNullable(pod.getStatus()).map(PodStatus::getPodIP).orElse(""));
  }

  private static boolean isMarked(Pod pod) {
    var annotations = pod.getMetadata().getAnnotations();
    return annotations != null && IDLE.equals(annotations.get(COST));
  }
}
