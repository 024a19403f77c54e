package dev.warren.operator.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// When the tasks came that wait now, as far as readings tell.
///
/// @param parts oldest first, of about the same length; no more than {@link #PARTS} and the last
record Arrivals(List<Part> parts) {
  static final Arrivals NONE = new Arrivals(List.of());

  private static final int PARTS = 24;

  /// Tasks that came between two times.
  record Part(Instant from, Instant until, double tasks) {
    private Part and(Part later) {
      return new Part(from, later.until, tasks + later.tasks);
    }
  }

  /// A task that waits.
  ///
  /// @param position how many are to start until it has started
  /// @param seconds how long it has waited
  record Waiting(double position, double seconds) {}

  Arrivals {
    parts = List.copyOf(parts);
  }

  /// With tasks that came between two readings.
  ///
  /// @param kept for how long they are of interest
  Arrivals with(Part added, Duration kept) {
    var next = new ArrayList<Part>();
    for (var part : parts) {
      if (part.until.isAfter(added.until.minus(kept))) {
        next.add(part);
      }
    }
    var joined =
        !next.isEmpty()
            && Duration.between(next.getLast().from, added.until).compareTo(kept.dividedBy(PARTS))
                <= 0;
    next.add(joined ? next.removeLast().and(added) : added);
    return new Arrivals(next);
  }

  /// The youngest task of each part that waits, and the oldest of all.
  ///
  /// @param backlog how many wait
  /// @param oldest how long the oldest has waited, if that was measured
  List<Waiting> waiting(double backlog, Instant now, Optional<Duration> oldest) {
    var waiting = new ArrayList<Waiting>();
    var position = backlog;
    for (var part : parts.reversed()) {
      if (position <= 0) {
        break;
      }
      waiting.add(aged(position, seconds(part.from, now), backlog, oldest));
      position -= part.tasks;
    }
    if (position > 0 && !parts.isEmpty()) {
      waiting.add(aged(position, seconds(parts.getFirst().from, now), backlog, oldest));
    }
    return waiting;
  }

  /// At least as old as if ages went evenly from nothing to the oldest's.
  private static Waiting aged(
      double position, double seconds, double backlog, Optional<Duration> oldest) {
    var measured = oldest.map(Load::seconds).orElse(0.0) * (1 - position / backlog);
    return new Waiting(position, Math.max(seconds, measured));
  }

  private static double seconds(Instant from, Instant until) {
    return Load.seconds(Duration.between(from, until));
  }
}
