package dev.warren.operator.scaling;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Why a size is held, whatever may be needed: checks in their order, of which the first that
/// applies decides.
final class Holds {
  /// Readings come every few seconds; one that is older than this says nothing about now.
  static final Duration STALE = Duration.ofSeconds(30);

  private static final List<Function<Case, Optional<Proposal>>> CHECKS =
      List.of(Holds::trouble, Holds::unknown, Holds::stale);

  private Holds() {}

  static Optional<Proposal> of(Case of) {
    return CHECKS.stream().flatMap(check -> check.apply(of).stream()).findFirst();
  }

  private static Optional<Proposal> trouble(Case of) {
    return of.figures().trouble().map(why -> hold(of, Decision.Cause.TROUBLE, "holding, " + why));
  }

  private static Optional<Proposal> unknown(Case of) {
    return of.figures().known()
        ? Optional.empty()
        : Optional.of(
            hold(
                of,
                Decision.Cause.UNKNOWN,
                "holding, the broker does not say how many tasks there are"));
  }

  private static Optional<Proposal> stale(Case of) {
    var age = Duration.between(of.figures().readAt(), of.situation().now());
    return age.compareTo(STALE) <= 0
        ? Optional.empty()
        : Optional.of(
            hold(
                of,
                Decision.Cause.STALE,
                "holding, the broker's figures are older than %d s".formatted(STALE.toSeconds())));
  }

  private static Proposal hold(Case of, Decision.Cause cause, String why) {
    return Proposal.held(Math.clamp(of.current(), of.least(), of.limits().max()), cause, why);
  }
}
