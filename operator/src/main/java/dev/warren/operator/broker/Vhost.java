package dev.warren.operator.broker;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// The latest knowledge of one vhost, its users left aside. May be used by any thread.
final class Vhost {
  private static final Affected NOTHING = new Affected.Some(Set.of());

  private final UnaryOperator<VhostSnapshot> whole;
  private final Function<VhostSnapshot, Optional<VhostSnapshot>> figures;
  private final Knowledge<VhostSnapshot> knowledge =
      new Knowledge<>(VhostSnapshot.absent(Instant.EPOCH, Users.NONE));

  /// @param whole reads all of it, given what was known
  /// @param figures reads how many messages its queues hold, given what was known; empty if they
  ///   are not the queues that were known
  Vhost(
      UnaryOperator<VhostSnapshot> whole,
      Function<VhostSnapshot, Optional<VhostSnapshot>> figures) {
    this.whole = whole;
    this.figures = figures;
  }

  /// The last reading with all changes made since, or a reading made now if there is none.
  ///
  /// @throws BrokerException if the last reading failed
  VhostSnapshot snapshot() {
    return knowledge.get(whole);
  }

  /// Where changes are announced and taken into account.
  Knowledge<VhostSnapshot> knowledge() {
    return knowledge;
  }

  /// Reads all of it anew.
  ///
  /// @return what differs from what was known
  Affected refresh() {
    return difference(knowledge.refresh(whole));
  }

  /// Reads anew how many messages its queues hold, and all of it only if other queues are found
  /// than were known: who deletes a queue takes its bindings away too.
  ///
  /// @return what differs from what was known
  Affected refreshFigures() {
    return knowledge.isKnown() ? difference(knowledge.refresh(this::figuresOrAll)) : refresh();
  }

  private VhostSnapshot figuresOrAll(VhostSnapshot before) {
    return figures.apply(before).orElseGet(() -> whole.apply(before));
  }

  private static Affected difference(Knowledge.Outcome<VhostSnapshot> outcome) {
    return switch (outcome) {
      case Knowledge.Outcome.Read<VhostSnapshot>(var before, var after) ->
          Affected.between(before, after);
      case Knowledge.Outcome.FailedAgain<VhostSnapshot>() -> NOTHING;
      case Knowledge.Outcome.Turned<VhostSnapshot>() -> new Affected.All();
    };
  }
}
