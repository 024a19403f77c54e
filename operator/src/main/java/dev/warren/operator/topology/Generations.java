package dev.warren.operator.topology;

import dev.warren.operator.broker.Queue;
import dev.warren.operator.broker.QueueFigures;
import dev.warren.operator.broker.VhostSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Which generation of a lineage messages should go to, and which others are there. Pure.
///
/// It follows from the broker and the settings alone: whatever was interrupted, the same settings
/// choose the same generation again, and former settings choose the former generation as long as it
/// is there.
///
/// @param target as it should be
/// @param others as they are, oldest first
/// @param pending what the settings ask for that the target does not have, because nobody has
///   agreed to a migration; one sentence for each field
public record Generations(Generation target, List<Generation> others, List<String> pending) {
  public Generations {
    others = List.copyOf(others);
    pending = List.copyOf(pending);
  }

  /// All of them, first the one that messages should go to.
  public List<Generation> all() {
    return Stream.concat(Stream.of(target), others.stream()).toList();
  }

  /// What is in all of them together.
  public QueueFigures figures(VhostSnapshot vhost) {
    return all().stream()
        .map(generation -> generation.figures(vhost))
        .reduce(QueueFigures::plus)
        .orElse(QueueFigures.UNKNOWN);
  }

  /// A choice, or what stands in its way.
  sealed interface Choice {
    /// The generations.
    record Chosen(Generations generations) implements Choice {}

    /// What has the name is not Warren's, and cannot be made what it should be.
    ///
    /// @param differences one sentence for each field
    record Foreign(List<String> differences) implements Choice {}
  }

  /// Chooses.
  ///
  /// @param adopted whether what Warren did not make may be moved too
  /// @param agreed whether a new generation may be made
  static Choice choose(Lineage lineage, VhostSnapshot vhost, boolean adopted, boolean agreed) {
    var found = lineage.found(vhost);
    var present = present(lineage, found, vhost);
    var fitting = fitting(lineage, found, present);
    if (fitting.isEmpty() && !found.isEmpty() && !adopted && foreign(lineage, found)) {
      return new Choice.Foreign(differences(lineage, found.getLast()));
    }
    var next = found.isEmpty() ? 1 : found.getLast().number() + 1;
    var wanted =
        lineage.desired(fitting.map(Generation::number).orElseGet(() -> lineage.free(vhost, next)));
    if (!agreed && present.isPresent() && present.get().number() != wanted.number()) {
      var kept = present.get();
      return chosen(kept, found, differences(lineage, kept));
    }
    return chosen(wanted, found, List.of());
  }

  private static Choice chosen(Generation target, List<Generation> found, List<String> pending) {
    return new Choice.Chosen(
        new Generations(
            target,
            found.stream().filter(other -> other.number() != target.number()).toList(),
            pending));
  }

  /// The generation that messages go to if it is as it should be, else the newest that is.
  private static Optional<Generation> fitting(
      Lineage lineage, List<Generation> found, Optional<Generation> present) {
    return Stream.concat(
            present.stream(),
            found.stream().sorted(Comparator.comparingInt(Generation::number).reversed()))
        .filter(generation -> differences(lineage, generation).isEmpty())
        .findFirst();
  }

  /// The generation that messages go to; somebody's own bindings may still lead to another.
  private static Optional<Generation> present(
      Lineage lineage, List<Generation> found, VhostSnapshot vhost) {
    return found.stream()
        .filter(it -> Switchover.open(it.entry(), vhost).findAny().isPresent())
        .max(
            Comparator.<Generation, Boolean>comparing(
                    it -> Switchover.open(it.entry(), vhost).anyMatch(lineage::isOwn))
                .thenComparingInt(Generation::number));
  }

  private static boolean foreign(Lineage lineage, List<Generation> found) {
    return found.stream().flatMap(it -> it.queues().stream()).noneMatch(lineage::owned);
  }

  /// What is not as it should be. A shard that is missing is none: it can be declared.
  private static List<String> differences(Lineage lineage, Generation found) {
    var desired = lineage.desired(found.number());
    if (desired.queues().equals(found.queues())) {
      return List.of();
    }
    var differences = new ArrayList<String>();
    for (var queue : found.queues()) {
      desired.queues().stream()
          .filter(wanted -> wanted.name().equals(queue.name()))
          .findFirst()
          .ifPresentOrElse(
              wanted -> differences.addAll(differences(wanted, queue)),
              () ->
                  differences.add(
                      "queue '%s' exists, wanted %s"
                          .formatted(queue.name(), String.join(", ", desired.queueNames()))));
    }
    return differences;
  }

  /// Whose queue it is, is asked elsewhere; other notes are missing from what Warren did not make.
  private static boolean isMissingNote(String argument, Queue found) {
    return argument.equals(Lineage.OWNER)
        || (argument.startsWith("x-warren-") && !found.arguments().containsKey(argument));
  }

  private static List<String> differences(Queue wanted, Queue found) {
    var keys = new TreeSet<>(wanted.arguments().keySet());
    keys.addAll(found.arguments().keySet());
    return keys.stream()
        .filter(key -> !isMissingNote(key, found))
        .flatMap(
            key ->
                Differences.of(
                    "queue",
                    wanted.name(),
                    key,
                    found.arguments().get(key),
                    wanted.arguments().get(key)))
        .toList();
  }
}
