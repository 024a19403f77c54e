package dev.warren.worker.flow;

import dev.warren.model.RateLimit;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The rate limit of the settings of the day, if they want one: who may start, and how much it is
/// worth to fetch ahead. {@link #change} and {@link #allow} are for one thread at a time each, the
/// others for any.
final class RateLimiter {
  /// Deliveries are fetched so long before their token comes: a change of the window takes a
  /// second.
  private static final Duration AHEAD = Duration.ofMillis(1250);

  /// A delivery that must wait longer for its token is for another pod.
  private static final Duration LONGEST_WAIT = AHEAD.multipliedBy(2);

  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final @Nullable TokenLease fleet;
  private final LongAdder waits = new LongAdder();

  /// Null without a limit. Written by {@link #change}, read by all.
  private volatile @Nullable Tokens tokens;

  /// The window last asked for; it follows only if that is worth a change. Used by {@link #allow}.
  private int window;

  /// @param fleet the bucket of a limit that is the fleet's, if there is one
  RateLimiter(Optional<TokenLease> fleet) {
    this.fleet = fleet.orElse(null);
  }

  void change(Optional<RateLimit> wanted) {
    wanted.ifPresentOrElse(this::limit, () -> tokens = null);
  }

  boolean isLimited() {
    return tokens != null;
  }

  /// Takes a token if there is one, or if none is needed.
  boolean tryTake() {
    var bucket = tokens;
    if (bucket == null || bucket.tryTake(System.nanoTime())) {
      return true;
    }
    waits.increment();
    return false;
  }

  void giveBack() {
    var bucket = tokens;
    if (bucket != null) {
      bucket.giveBack();
    }
  }

  /// How often there was no token.
  long waits() {
    return waits.sum();
  }

  /// Whether the last token for a good while is gone.
  boolean isSpent() {
    var bucket = tokens;
    return bucket != null && bucket.within(AHEAD, System.nanoTime()) == 0;
  }

  /// What is worth to be fetched; empty without a limit.
  ///
  /// @param prefetch most that may be outstanding
  /// @param running tasks that have their token
  /// @param waiting whether a task waits for one
  /// @param often time until the next look, if no token comes before
  Optional<Allowance> allow(int prefetch, int running, boolean waiting, Duration often, long now) {
    var bucket = tokens;
    if (bucket == null) {
      return Optional.empty();
    }
    long ahead = bucket.within(AHEAD, now);
    int wanted = ahead == 0 ? 0 : (int) Math.min(prefetch, running + ahead);
    if (wanted == 0 || wanted > window || wanted < window - window / 4) {
      window = wanted;
    }
    return Optional.of(
        new Allowance(
            Math.min(window, prefetch),
            (int) Math.min(Integer.MAX_VALUE, bucket.within(LONGEST_WAIT, now)),
            waiting ? between(SHORTEST, bucket.untilNext(now), often) : often,
            window == 0 ? reason(bucket) : ""));
  }

  /// Gives up what belongs to others.
  void close() {
    if (tokens instanceof LeasedTokens leased) {
      leased.close();
    }
  }

  private void limit(RateLimit limit) {
    var bucket = tokens;
    if (bucket != null) {
      bucket.change(limit);
    } else if (fleet != null && limit.shared()) {
      tokens = new LeasedTokens(fleet, limit).started();
    } else {
      tokens = new TokenBucket(limit, System.nanoTime());
    }
  }

  private static String reason(Tokens bucket) {
    return bucket.trouble().isEmpty()
        ? "the rate limit is used up"
        : "the fleet's rate limit cannot be reached: " + bucket.trouble();
  }

  private static Duration between(Duration shortest, Duration wanted, Duration longest) {
    if (wanted.compareTo(shortest) < 0) {
      return shortest;
    }
    return wanted.compareTo(longest) > 0 ? longest : wanted;
  }
}
