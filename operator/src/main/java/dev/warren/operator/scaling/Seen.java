package dev.warren.operator.scaling;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// What a decision was made from, for people to read.
///
/// @param ready tasks that no pod held
/// @param unacknowledged tasks that pods held
/// @param arrivals tasks that came in a second, as estimated
/// @param serviceTime how long a task took, if that was known
public record Seen(
    OptionalLong ready,
    OptionalLong unacknowledged,
    double arrivals,
    Optional<Duration> serviceTime,
    int podsReady,
    int podsStarting) {
  static Seen of(Case of) {
    return new Seen(
        of.figures().ready(),
        of.figures().unacknowledged(),
        of.throughput().arrivals(),
        of.memory().serviceTime(),
        of.pods().ready(),
        of.pods().starting());
  }
}
