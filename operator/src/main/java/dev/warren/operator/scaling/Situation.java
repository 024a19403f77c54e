package dev.warren.operator.scaling;

import java.time.Instant;
import java.util.Optional;

/// What a decision is made from, beside what is remembered.
public record Situation(Figures figures, PodCounts pods, Instant now) {
  /// The figures, less the tasks that others than these pods hold, as far as that is known.
  Figures own() {
    return pods.held().map(held -> figures.holding(held.tasks())).orElse(figures);
  }

  /// The same in which it is known what the pods hold, or not.
  Situation with(Optional<Held> held) {
    return new Situation(
        figures,
        new PodCounts(
            pods.wanted(), pods.ready(), pods.starting(), pods.failing(), held, pods.startUp()),
        now);
  }
}
