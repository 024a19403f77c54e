package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskQueue;
import dev.warren.operator.topology.Claim;
import dev.warren.operator.topology.QueueSettings;

/// What a TaskQueue says to a vhost, apart from its settings. Pure.
public final class Claims {
  private Claims() {}

  /// Settings, and what else decides about the generations of a queue. What Warren did not make it
  /// moves only if somebody agreed, whatever the migration policy.
  public static Claim of(TaskQueue queue, QueueSettings settings) {
    var agreed = Annotations.agreesToMigrate(queue);
    return new Claim(settings, agreed, agreed || !settings.manualMigration());
  }
}
