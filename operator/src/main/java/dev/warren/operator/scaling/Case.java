package dev.warren.operator.scaling;

import java.time.Duration;
import java.util.Optional;

/// All that one decision is made from.
///
/// @param memory with what is seen now
record Case(ScalingPolicy.Automatic policy, Situation situation, Memory memory) {
  /// How late a broker tells who holds what.
  private static final Duration TOLD = Duration.ofSeconds(15);

  Limits limits() {
    return policy.limits();
  }

  Figures figures() {
    return situation.figures();
  }

  PodCounts pods() {
    return situation.pods();
  }

  /// How many pods are wanted so far.
  int current() {
    return situation.pods().wanted();
  }

  Throughput throughput() {
    return memory.load().throughput();
  }

  /// How long ago the size was changed.
  Optional<Duration> sinceStep() {
    return memory.steppedAt().map(at -> Duration.between(at, situation.now()));
  }

  /// Fewest pods now.
  int least() {
    return limits().least(situation.now());
  }

  /// As long at least as it may be a mistake that others hold tasks and not these pods.
  Duration noLessThanDoubt(Duration time) {
    var doubtful = figures().known() && situation.own().held() < figures().held();
    return doubtful && time.compareTo(TOLD) < 0 ? TOLD : time;
  }
}
