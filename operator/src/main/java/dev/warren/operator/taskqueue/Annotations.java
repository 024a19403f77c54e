package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskQueue;
import java.util.Objects;
import java.util.Optional;

/// What annotations of a TaskQueue ask for. Pure.
final class Annotations {
  /// Agrees to the migration that the present spec asks for: its value is the TaskQueue's
  /// generation.
  static final String MIGRATE = "warren.dev/migrate";

  /// How to reconcile; `observe` reports and changes nothing.
  static final String RECONCILE = "warren.dev/reconcile";

  private static final String OBSERVE = "observe";

  private Annotations() {}

  static Optional<String> get(TaskQueue queue, String name) {
    return Optional.ofNullable(queue.getMetadata().getAnnotations()).map(all -> all.get(name));
  }

  /// What is wrong with those that say how to reconcile.
  static Optional<String> problem(TaskQueue queue) {
    return get(queue, RECONCILE)
        .filter(value -> !value.equals(OBSERVE))
        .map(
            value ->
                "annotation %s is '%s'; set it to '%s', or take it away"
                    .formatted(RECONCILE, value, OBSERVE));
  }

  /// Whether to report what differs, and to repair nothing.
  static boolean observesOnly(TaskQueue queue) {
    return get(queue, RECONCILE).equals(Optional.of(OBSERVE));
  }

  /// Whether somebody has agreed to what the present spec, and no other, asks for.
  static boolean agreesToMigrate(TaskQueue queue) {
    return get(queue, MIGRATE)
        .filter(value -> value.equals(Objects.toString(queue.getMetadata().getGeneration())))
        .isPresent();
  }
}
