package dev.warren.worker.flow;

import dev.warren.model.RateLimit;
import java.time.Duration;

/// What a rate limit allows: a token for each task that starts. Times are those of {@link
/// System#nanoTime}. Safe for use by many threads.
interface Tokens {
  /// Takes a token if there is one.
  boolean tryTake(long now);

  /// Brings back a token that was not used.
  void giveBack();

  /// How many tokens there are and will be within this time, if none is taken before.
  long within(Duration time, long now);

  /// Time until there is a token; zero if there is one.
  Duration untilNext(long now);

  /// Goes on under another limit; what is spent stays spent.
  void change(RateLimit limit);

  /// Why there are none for a reason other than the limit; empty if there is no such reason.
  default String trouble() {
    return "";
  }
}
