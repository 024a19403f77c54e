package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskQueue;
import dev.warren.operator.topology.Claim;
import dev.warren.operator.topology.QueueSettings;
import java.util.Optional;

/// What a TaskQueue says to a vhost, apart from its settings. Pure.
public final class Claims {
  private Claims() {}

  /// Settings, and what else decides about the generations of a queue.
  public static Claim of(TaskQueue queue, QueueSettings settings) {
    return new Claim(
        settings,
        adopted(queue, settings),
        !settings.manualMigration() || Annotations.agreesToMigrate(queue));
  }

  private static boolean adopted(TaskQueue queue, QueueSettings settings) {
    return Optional.ofNullable(queue.getStatus())
        .filter(status -> settings.queue().equals(status.queueName()))
        .filter(status -> settings.vhost().equals(status.vhost()))
        .isPresent();
  }
}
