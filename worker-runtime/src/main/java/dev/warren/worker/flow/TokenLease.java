package dev.warren.worker.flow;

import dev.warren.model.RateLimit;
import java.time.Duration;

/// The bucket of a whole fleet, from which its pods take tokens in small numbers. Port to whatever
/// keeps it; called by one thread.
public interface TokenLease extends AutoCloseable {
  /// What a pod was given.
  ///
  /// @param tokens as many as were asked for, or as many as there were
  /// @param untilNext time until the bucket has another
  record Leased(int tokens, Duration untilNext) {}

  /// Takes tokens out of the bucket, or puts unused ones back.
  ///
  /// @param wanted how many at most; below 0 to put back
  /// @throws RuntimeException if the bucket cannot be reached; the message says why
  Leased take(RateLimit limit, int wanted);

  @Override
  void close();
}
