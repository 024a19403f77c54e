package dev.warren.operator.taskworker;

import dev.warren.operator.broker.Holdings;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Which pods of a fleet work. When it gets smaller, a ReplicaSet stops those of the lowest
/// deletion cost first; so idle ones are marked with less than all others have, and it gets no
/// smaller than there are marked ones. Pure.
///
/// @param pods those that are not being deleted
/// @param holdings what they hold; empty if the broker did not say
record Occupancy(List<Pod> pods, Optional<Holdings> holdings) {
  /// Read by the ReplicaSet controller; a pod without it counts as 0.
  static final String COST = "controller.kubernetes.io/pod-deletion-cost";

  /// How long a pod may be ready until the broker's statistics, five seconds apart, tell of it.
  private static final Duration COUNTED = Duration.ofSeconds(15);

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

  /// Whether a fleet that is to get smaller waits until its idle pods are known and marked: the
  /// ReplicaSet controller may hear of a new size sooner than of marks. A pod that stays unknown is
  /// not waited for.
  ///
  /// @param current how many are wanted so far
  /// @param wanted how many will be
  boolean isUnsettled(int current, int wanted, Instant now) {
    return wanted > 0
        && current - wanted > departing(current)
        && (holdings.isEmpty()
            || pods.stream().anyMatch(pod -> (isIdle(pod) && !isMarked(pod)) || isNew(pod, now)));
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

  /// Whether it is not known yet what it holds.
  private boolean isNew(Pod pod, Instant now) {
    return held(pod).isEmpty()
        && Fleet.readySince(pod).filter(since -> now.isBefore(since.plus(COUNTED))).isPresent();
  }

  private OptionalLong held(Pod pod) {
    var address = Optional.ofNullable(pod.getStatus()).map(PodStatus::getPodIP).orElse("");
    return holdings
        .map(known -> known.of(pod.getMetadata().getName(), address))
        .orElse(OptionalLong.empty());
  }

  private static boolean isMarked(Pod pod) {
    var annotations = pod.getMetadata().getAnnotations();
    return annotations != null && IDLE.equals(annotations.get(COST));
  }
}
