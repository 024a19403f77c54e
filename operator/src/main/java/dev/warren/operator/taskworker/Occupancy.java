package dev.warren.operator.taskworker;

import dev.warren.operator.broker.Holdings;
import dev.warren.operator.scaling.Held;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

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

  /// When a pod was marked.
  static final String SINCE = "warren.dev/idle-since";

  /// How long marks are given to reach whoever stops pods, which may hear of a new size sooner.
  private static final Duration HEARD = Duration.ofSeconds(1);

  private static final String IDLE = "-1";

  /// A pod, and since when it is to go first; empty if it is no longer.
  record Mark(Pod pod, Optional<Instant> since) {
    /// Annotations of a JSON merge patch, in which null takes one away.
    Map<String, @Nullable String> annotations() {
      var annotations = new HashMap<String, @Nullable String>();
      annotations.put(COST, since.map(_ -> IDLE).orElse(null));
      annotations.put(SINCE, since.map(Instant::toString).orElse(null));
      return annotations;
    }
  }

  Occupancy {
    pods = List.copyOf(pods);
  }

  /// What they hold; empty unless it is known of each that consumes.
  Optional<Held> held() {
    if (pods.stream().anyMatch(pod -> Fleet.ready(pod) && held(pod).isEmpty())) {
      return Optional.empty();
    }
    var known = pods.stream().map(this::held).flatMapToLong(OptionalLong::stream).toArray();
    return Optional.of(
        new Held(
            (int) Arrays.stream(known).filter(tasks -> tasks > 0).count(),
            Arrays.stream(known).sum()));
  }

  /// What is still to be marked, or marked no longer.
  ///
  /// @param shrinking whether the fleet is to get smaller
  List<Mark> marks(boolean shrinking, Instant now) {
    return pods.stream()
        .filter(pod -> isMarked(pod) ? !isIdle(pod) : isIdle(pod) && shrinking)
        .map(pod -> new Mark(pod, isIdle(pod) ? Optional.of(now) : Optional.empty()))
        .toList();
  }

  /// Whether a fleet that is to get smaller waits until its idle pods are known and marked. A pod
  /// that stays unknown is not waited for.
  ///
  /// @param current how many are wanted so far
  /// @param wanted how many will be
  boolean isUnsettled(int current, int wanted, Instant now) {
    return wanted > 0
        && current - wanted > departing(current, now)
        && (holdings.isEmpty()
            || pods.stream()
                .anyMatch(pod -> (isIdle(pod) && !isFirst(pod, now)) || isNew(pod, now)));
  }

  /// How many go before any that works: those that are not there or not ready, and marked ones.
  private int departing(int current, Instant now) {
    var first = pods.stream().filter(pod -> !Fleet.ready(pod) || isFirst(pod, now));
    return Math.max(0, current - pods.size()) + (int) first.count();
  }

  /// Whether it is idle, and everybody knows.
  private boolean isFirst(Pod pod, Instant now) {
    return isIdle(pod)
        && isMarked(pod)
        && annotation(pod, SINCE)
            .filter(since -> now.isBefore(Instant.parse(since).plus(HEARD)))
            .isEmpty();
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
    return annotation(pod, COST).filter(IDLE::equals).isPresent();
  }

  private static Optional<String> annotation(Pod pod, String name) {
    return Optional.ofNullable(pod.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(name));
  }
}
