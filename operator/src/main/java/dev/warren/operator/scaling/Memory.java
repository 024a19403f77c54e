package dev.warren.operator.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What one decision leaves to the next. Immutable; who starts without one loses nothing but time,
/// because a size is held until the window is full again.
///
/// @param load what readings told
/// @param window what was needed lately
/// @param quiet since when nothing waits or runs
/// @param unready since when pods start and none gets ready
/// @param steppedAt when the size was changed
/// @param said what the last decision said
public record Memory(
    Load load,
    Window window,
    Optional<Quiet> quiet,
    Optional<Unready> unready,
    Optional<Instant> steppedAt,
    Optional<Said> said) {
  /// Nothing.
  public static final Memory NONE =
      new Memory(
          Load.UNKNOWN,
          Window.EMPTY,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /// Readings that found nothing.
  record Quiet(Instant since, Instant lastReading, int readings) {}

  /// @param ready how many pods were ready then
  record Unready(Instant since, int ready) {}

  /// What was decided, why and from what.
  public record Said(int wanted, Decision.Cause cause, String reason, Optional<Seen> seen) {}

  /// What a status tells after a restart.
  ///
  /// @param serviceTime how long a task takes, if that was known
  public static Memory restored(Said said, Optional<Duration> serviceTime) {
    return new Memory(
        serviceTime.map(Load.UNKNOWN::remembering).orElse(Load.UNKNOWN),
        Window.EMPTY,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(said));
  }

  /// How long a task takes, if that is known.
  public Optional<Duration> serviceTime() {
    return load.known()
        ? Optional.of(Duration.ofNanos((long) (load.throughput().serviceSeconds() * 1e9)))
        : Optional.empty();
  }

  /// With what is seen now.
  Memory seeing(Situation situation, ScalingPolicy.Automatic policy) {
    return new Memory(
        load.seeing(situation, policy),
        window,
        quiet(situation),
        unready(situation),
        steppedAt,
        said);
  }

  /// With what is needed now. Before the first need, the present size was.
  Memory needing(int pods, Situation situation, Duration length) {
    var now = situation.now();
    var before = window.isEmpty() ? window.with(now, situation.pods().wanted(), length) : window;
    return new Memory(load, before.with(now, pods, length), quiet, unready, steppedAt, said);
  }

  /// With what was decided.
  Memory deciding(Said decided, Situation situation) {
    var stepped =
        decided.wanted == situation.pods().wanted() ? steppedAt : Optional.of(situation.now());
    return new Memory(load, window, quiet, unready, stepped, Optional.of(decided));
  }

  private Optional<Quiet> quiet(Situation situation) {
    var figures = situation.figures();
    if (!figures.known()) {
      return quiet;
    }
    if (!situation.own().empty()) {
      return Optional.empty();
    }
    var at = figures.readAt();
    return Optional.of(
        quiet
            .map(
                was ->
                    new Quiet(
                        was.since,
                        at,
                        at.isAfter(was.lastReading) ? was.readings + 1 : was.readings))
            .orElse(new Quiet(at, at, 1)));
  }

  private Optional<Unready> unready(Situation situation) {
    var pods = situation.pods();
    if (pods.starting() == 0) {
      return Optional.empty();
    }
    return unready
        .filter(was -> pods.ready() <= was.ready)
        .or(() -> Optional.of(new Unready(situation.now(), pods.ready())));
  }
}
