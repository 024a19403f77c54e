package dev.warren.worker.flow;

import dev.warren.model.Adaptive;
import java.time.Duration;
import java.util.Optional;

/// Finds how many tasks at once do well: a little more as long as they are fast enough and all
/// permits are in use, much less as soon as they are too slow or memory gets short. Until the first
/// setback it doubles, to get from a small number to a large one in seconds. Pure but for its own
/// state; for one thread.
final class AdaptiveLimit {
  private static final double MEMORY_SHORT = 0.9;
  private static final double MEMORY_AMPLE = 0.8;

  /// After a step back, tasks that started before it tell nothing; this long at least.
  private static final Duration SHORTEST_REST = Duration.ofSeconds(2);

  private final Adaptive bounds;
  private final int most;
  private int limit;
  private boolean doubling = true;
  private long restUntil;
  private boolean resting;

  /// What was seen since the last decision.
  ///
  /// @param tasks handlers that returned
  /// @param mean how long they took
  /// @param saturated whether all permits were in use
  /// @param memory share that is in use, 0 to 1
  record Sample(long tasks, Duration mean, boolean saturated, double memory) {}

  /// A change of the limit.
  ///
  /// @param told why, with figures
  record Change(Adaptation adaptation, String told) {}

  /// @param most the upper bound
  AdaptiveLimit(Adaptive bounds, int most) {
    this.bounds = bounds;
    this.most = most;
    this.limit = bounds.minConcurrency();
  }

  /// Whether it is one for these bounds.
  boolean isFor(Adaptive otherBounds, int otherMost) {
    return bounds.equals(otherBounds) && most == otherMost;
  }

  /// Goes on from what another has found.
  AdaptiveLimit startingAt(int found) {
    limit = Math.clamp(found, bounds.minConcurrency(), most);
    doubling = false;
    return this;
  }

  int limit() {
    return limit;
  }

  /// Decides anew.
  ///
  /// @param now {@link System#nanoTime}
  /// @return what has changed; empty if nothing has
  Optional<Change> decide(Sample sample, long now) {
    if (resting && restUntil - now > 0) {
      return Optional.empty();
    }
    resting = false;
    if (sample.memory() >= MEMORY_SHORT) {
      var told = "memory is short: %.0f %% in use".formatted(sample.memory() * 100);
      return stepBack(new Change(Adaptation.MEMORY, told), sample, now);
    }
    if (sample.tasks() > 0 && sample.mean().compareTo(bounds.targetDuration()) > 0) {
      var told = "tasks take %d ms".formatted(sample.mean().toMillis());
      return stepBack(new Change(Adaptation.SLOW, told), sample, now);
    }
    if (sample.tasks() > 0 && sample.saturated() && sample.memory() < MEMORY_AMPLE) {
      return stepOn(sample);
    }
    return Optional.empty();
  }

  private Optional<Change> stepBack(Change change, Sample sample, long now) {
    int before = limit;
    limit = Math.max(bounds.minConcurrency(), limit - Math.max(1, limit / 4));
    doubling = false;
    resting = true;
    var rest = sample.mean().compareTo(SHORTEST_REST) > 0 ? sample.mean() : SHORTEST_REST;
    restUntil = now + rest.toNanos();
    return limit == before ? Optional.empty() : Optional.of(change);
  }

  private Optional<Change> stepOn(Sample sample) {
    int before = limit;
    limit = Math.min(most, limit + (doubling ? limit : Math.max(1, limit / 20)));
    if (limit == before) {
      return Optional.empty();
    }
    var told = "all permits are in use and tasks take %d ms".formatted(sample.mean().toMillis());
    return Optional.of(new Change(Adaptation.SATURATED, told));
  }
}
