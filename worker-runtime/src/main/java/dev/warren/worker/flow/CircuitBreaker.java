package dev.warren.worker.flow;

import dev.warren.model.Breaker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// Finds out that what tasks need is down: too many of them fail. Then it opens for a pause, lets
/// single tasks probe, and closes when some in a row went well; after a failed probe it pauses
/// twice as long. Told from time to time what was counted. Pure but for its own state; for one
/// thread.
final class CircuitBreaker {
  /// Probes that must go well, one after the other.
  static final int STREAK = 3;

  private static final Duration LATEST = Duration.ofSeconds(1);
  private static final Duration OLDEST = Duration.ofMinutes(1);
  private static final int MOST_PAUSES = 16;

  /// How a breaker stands.
  enum Phase {
    /// Tasks run.
    CLOSED,
    /// Nothing is fetched, nothing starts.
    OPEN,
    /// One task at a time.
    PROBING
  }

  private record Counted(long time, long tasks, long failed) {}

  /// Newest first; none older than is of use.
  private final Deque<Counted> history = new ArrayDeque<>();

  private final Breaker settings;
  private Phase phase = Phase.CLOSED;
  private Duration pause;
  private long openUntil;
  private long streak;
  private Counted judged = new Counted(0, 0, 0);

  CircuitBreaker(Breaker settings) {
    this.settings = settings;
    this.pause = settings.pause();
  }

  Phase phase() {
    return phase;
  }

  /// The pause that it makes, or will make the next time.
  Duration pause() {
    return pause;
  }

  /// The tasks that made it open.
  long judgedTasks() {
    return judged.tasks();
  }

  /// How many of them failed.
  long judgedFailures() {
    return judged.failed();
  }

  /// Takes what was counted since the last call, and says how it stands now.
  ///
  /// @param now {@link System#nanoTime}
  Phase tick(OutcomeCounts.Taken counts, long now) {
    switch (phase) {
      case CLOSED -> watch(counts, now);
      case OPEN -> {
        if (now - openUntil >= 0) {
          phase = Phase.PROBING;
          streak = 0;
        }
      }
      case PROBING -> probe(counts, now);
    }
    return phase;
  }

  private void watch(OutcomeCounts.Taken counts, long now) {
    if (counts.tasks() == 0) {
      return;
    }
    history.addFirst(new Counted(now, counts.tasks(), counts.failed()));
    while (now - history.getLast().time() > OLDEST.toNanos()) {
      history.removeLast();
    }
    judged = latest(now);
    if (judged.tasks() >= settings.minTasks()
        && judged.failed() * 100 >= judged.tasks() * settings.failureRate()) {
      open(settings.pause(), now);
    }
  }

  /// What the last second brought, and as much before it as makes up the fewest tasks that count.
  private Counted latest(long now) {
    long tasks = 0;
    long failed = 0;
    for (var counted : history) {
      if (tasks >= settings.minTasks() && now - counted.time() > LATEST.toNanos()) {
        break;
      }
      tasks += counted.tasks();
      failed += counted.failed();
    }
    return new Counted(now, tasks, failed);
  }

  private void probe(OutcomeCounts.Taken counts, long now) {
    if (counts.failed() > 0) {
      var longest = settings.pause().multipliedBy(MOST_PAUSES);
      var doubled = pause.multipliedBy(2);
      judged = new Counted(now, counts.tasks(), counts.failed());
      open(doubled.compareTo(longest) > 0 ? longest : doubled, now);
      return;
    }
    streak += counts.tasks();
    if (streak >= STREAK) {
      phase = Phase.CLOSED;
      pause = settings.pause();
    }
  }

  private void open(Duration wanted, long now) {
    phase = Phase.OPEN;
    pause = wanted;
    openUntil = now + wanted.toNanos();
    history.clear();
  }
}
