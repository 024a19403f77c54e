package dev.warren.local.operator;

import dev.warren.crds.TaskQueue;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What the status of a TaskQueue says about how far the operator has come. Pure.
final class Settled {
  private Settled() {}

  /// Whether it is as its spec says, and nothing is under way.
  static boolean isSettled(TaskQueue queue) {
    return isObserved(queue)
        && Objects.requireNonNull(queue.getStatus()).migration() == null
        && isReady(queue, "Reconciled");
  }

  /// Whether the status is one of the present spec.
  static boolean isObserved(TaskQueue queue) {
    return queue.getStatus() != null
        && Objects.equals(
            queue.getStatus().observedGeneration(), queue.getMetadata().getGeneration());
  }

  /// Whether the condition `Ready` has this reason.
  static boolean isReady(TaskQueue queue, String reason) {
    return Optional.ofNullable(queue.getStatus())
        .map(status -> status.conditions())
        .orElse(List.of())
        .stream()
        .filter(condition -> condition.getType().equals("Ready"))
        .anyMatch(TestCluster.reason(reason));
  }
}
