package dev.warren.worker.amqp;

import java.time.Duration;
import java.util.List;

/// How the consumers of a channel follow its window. The broker bounds each consumer for itself,
/// and for good; so the window is what the bounds of several add up to. It grows by one consumer
/// more, and shrinks by the end of the newest, whose deliveries count until they are settled. Pure.
///
/// @param window deliveries that may be outstanding on the channel
/// @param prefetches bounds of the consumers, oldest first
/// @param held deliveries that ended consumers have left
/// @param sinceAdded time since the last consumer was added
/// @param sinceCancelled time since the last consumer was ended
record PrefetchPlan(
    int window, List<Integer> prefetches, int held, Duration sinceAdded, Duration sinceCancelled) {
  /// Between two changes, so that a window that trembles costs the broker nothing.
  static final Duration REST = Duration.ofSeconds(1);

  /// What an ended consumer has left is mostly settled by then, and one consumer can take its whole
  /// place.
  static final Duration SETTLING = Duration.ofMillis(250);

  private static final Duration SOON = Duration.ofMillis(10);
  private static final int MOST_CONSUMERS = 8;

  /// What is to be done next.
  sealed interface Step {
    /// Add a consumer of this prefetch, then ask again.
    record Add(int prefetch) implements Step {}

    /// End the newest consumer, then ask again.
    record Cancel() implements Step {}

    /// Ask again after this time.
    record Later(Duration time) implements Step {}

    /// Ask again when the window changes.
    record Nothing() implements Step {}
  }

  PrefetchPlan {
    prefetches = List.copyOf(prefetches);
  }

  /// The next step. A window of 0 is followed at once, any other after a rest.
  Step next() {
    int sum = prefetches.stream().mapToInt(Integer::intValue).sum();
    if (window == 0) {
      return prefetches.isEmpty() ? new Step.Nothing() : new Step.Cancel();
    }
    if (sum == window) {
      return new Step.Nothing();
    }
    if (sinceAdded.compareTo(REST) < 0) {
      return new Step.Later(REST.minus(sinceAdded));
    }
    return sum > window ? new Step.Cancel() : grow(window - sum - held);
  }

  private Step grow(int missing) {
    if (held > 0 && sinceCancelled.compareTo(SETTLING) < 0) {
      return new Step.Later(SOON);
    }
    if (missing <= 0) {
      return new Step.Later(SETTLING);
    }
    return prefetches.size() < MOST_CONSUMERS ? new Step.Add(missing) : new Step.Cancel();
  }
}
