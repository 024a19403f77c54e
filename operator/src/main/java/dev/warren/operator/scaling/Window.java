package dev.warren.operator.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How many pods were needed lately: of each need only what no later one exceeds.
///
/// @param needs oldest first, each less than the one before
record Window(List<Entry> needs) {
  static final Window EMPTY = new Window(List.of());

  record Entry(Instant at, int pods) {}

  Window {
    needs = List.copyOf(needs);
  }

  /// With what is needed now, without what is older than `length`.
  Window with(Instant now, int pods, Duration length) {
    var kept = new ArrayList<Entry>();
    for (var need : needs) {
      if (need.pods > pods && need.at.isAfter(now.minus(length))) {
        kept.add(need);
      }
    }
    kept.add(new Entry(now, pods));
    return new Window(kept);
  }

  /// The most that was needed.
  int most() {
    return needs.getFirst().pods;
  }

  boolean isEmpty() {
    return needs.isEmpty();
  }
}
