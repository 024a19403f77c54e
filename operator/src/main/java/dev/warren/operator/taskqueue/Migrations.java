package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskQueue;
import dev.warren.operator.resource.Verdict;
import dev.warren.operator.topology.QueueTopology;
import java.util.Optional;
import java.util.stream.Stream;

/// What a TaskQueue says of a move to a new generation. Pure.
final class Migrations {
  /// Reason of a migration that is under way.
  static final String MIGRATING = "Migrating";

  private Migrations() {}

  /// Empty if none is under way or asked for.
  static Optional<Verdict> verdict(TaskQueue queue, QueueTopology topology) {
    var pending =
        Stream.concat(
                topology.tasks().pending().stream(), topology.deadLetters().pending().stream())
            .toList();
    if (!pending.isEmpty()) {
      return Optional.of(
          Verdict.progressing(
              false,
              "MigrationPending",
              "%s; to move to a new generation of the queue, annotate the TaskQueue with %s=%d"
                  .formatted(
                      String.join("; ", pending),
                      Annotations.MIGRATE,
                      queue.getMetadata().getGeneration())));
    }
    return topology.tasks().others().isEmpty()
        ? Optional.empty()
        : Optional.of(
            Verdict.progressing(
                true,
                MIGRATING,
                "tasks go to '%s'; those left in '%s' are finished by the workers before it is deleted"
                    .formatted(
                        String.join("', '", topology.tasks().target().queueNames()),
                        String.join("', '", topology.tasks().others().getFirst().queueNames()))));
  }
}
