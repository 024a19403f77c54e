package dev.warren.worker.flow;

import dev.warren.model.RateLimit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// A rate limit as a bucket of tokens, one for each task that starts: it is refilled evenly and
/// holds a burst. A token costs one atomic operation.
///
/// What the bucket remembers is the time up to which tokens are spent: each token takes its share
/// of time, and time that is older than the bucket holds is lost.
final class TokenBucket implements Tokens {
  /// Tokens of this time may go together however small the burst is: no thread wakes more
  /// precisely.
  private static final Duration PRECISION = Duration.ofMillis(10);

  private record Rate(long interval, long capacity) {
    static Rate of(RateLimit limit) {
      long interval = Math.max(1, limit.per().toNanos() / limit.tasks());
      return new Rate(interval, Math.max(interval * limit.burst(), PRECISION.toNanos()));
    }
  }

  private final AtomicLong spent;

  /// Written by {@link #change}, read by all.
  private volatile Rate rate;

  /// A full bucket.
  TokenBucket(RateLimit limit, long now) {
    this.rate = Rate.of(limit);
    this.spent = new AtomicLong(now - rate.capacity());
  }

  @Override
  public void change(RateLimit limit) {
    rate = Rate.of(limit);
  }

  @Override
  public boolean tryTake(long now) {
    var current = rate;
    while (true) {
      long seen = spent.get();
      long next = floor(seen, now, current) + current.interval();
      if (next - now > 0) {
        return false;
      }
      if (spent.compareAndSet(seen, next)) {
        return true;
      }
    }
  }

  @Override
  public void giveBack() {
    spent.addAndGet(-rate.interval());
  }

  @Override
  public long within(Duration time, long now) {
    var current = rate;
    long end = now + time.toNanos();
    return Math.max(0, (end - floor(spent.get(), now, current)) / current.interval());
  }

  @Override
  public Duration untilNext(long now) {
    var current = rate;
    long next = floor(spent.get(), now, current) + current.interval();
    return Duration.ofNanos(Math.max(0, next - now));
  }

  private static long floor(long spent, long now, Rate rate) {
    long oldest = now - rate.capacity();
    return spent - oldest < 0 ? oldest : spent;
  }
}
