package dev.warren.operator.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What is known about a task queue; empty where nothing is known, which is not zero.
///
/// @param readAt when the broker was read
/// @param ready tasks that no pod holds
/// @param unacknowledged tasks that pods hold
/// @param arrivals tasks that come in a second
/// @param completions tasks that are done in a second
/// @param serviceTime how long a task runs on average
/// @param oldest how long the oldest task has waited
/// @param trouble why the broker can't be asked, in words that stay the same
/// @param share which part of the queue's tasks all of these are
public record Figures(
    Instant readAt,
    OptionalLong ready,
    OptionalLong unacknowledged,
    OptionalDouble arrivals,
    OptionalDouble completions,
    Optional<Duration> serviceTime,
    Optional<Duration> oldest,
    Optional<String> trouble,
    Share share) {
  public Figures {
    if (ready.orElse(0) < 0
        || unacknowledged.orElse(0) < 0
        || !(arrivals.orElse(0) >= 0)
        || !(completions.orElse(0) >= 0)) {
      throw new IllegalArgumentException(
          "no figures: %s, %s, %s, %s".formatted(ready, unacknowledged, arrivals, completions));
    }
  }

  /// Only how many tasks there are.
  public static Figures of(Instant readAt, OptionalLong ready, OptionalLong unacknowledged) {
    return new Figures(
        readAt,
        ready,
        unacknowledged,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Share.WHOLE);
  }

  /// Of a broker that can't be asked.
  public static Figures none(Instant now, String trouble) {
    return new Figures(
        now,
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(trouble),
        Share.WHOLE);
  }

  /// Of a whole queue, what this part of it is.
  public Figures shared(Share by) {
    return new Figures(
        readAt,
        part(ready, by),
        part(unacknowledged, by),
        part(arrivals, by),
        part(completions, by),
        serviceTime,
        oldest,
        trouble,
        by);
  }

  /// The same, of which pods hold no more than this.
  Figures holding(long most) {
    return new Figures(
        readAt,
        ready,
        unacknowledged.isPresent()
            ? OptionalLong.of(Math.min(unacknowledged.getAsLong(), most))
            : unacknowledged,
        arrivals,
        completions,
        serviceTime,
        oldest,
        trouble,
        share);
  }

  private static OptionalLong part(OptionalLong whole, Share by) {
    return whole.isPresent() ? OptionalLong.of(by.of(whole.getAsLong())) : whole;
  }

  private static OptionalDouble part(OptionalDouble whole, Share by) {
    return whole.isPresent() ? OptionalDouble.of(whole.getAsDouble() * by.part()) : whole;
  }

  /// Whether it is known how many tasks there are.
  boolean known() {
    return trouble.isEmpty() && ready.isPresent() && unacknowledged.isPresent();
  }

  /// Tasks, waiting and running, of known figures.
  long tasks() {
    // Never below zero: who counts more has no queue.
    return Math.min(Long.MAX_VALUE / 4, ready.orElseThrow() + Math.min(held(), Long.MAX_VALUE / 4));
  }

  /// Tasks that pods hold, of known figures.
  long held() {
    return unacknowledged.orElseThrow();
  }

  /// Whether nothing waits, runs or comes, as far as is known.
  boolean empty() {
    return tasks() == 0 && arrivals.orElse(0) == 0;
  }
}
