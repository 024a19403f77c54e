package dev.warren.worker.idempotency;

import java.time.Duration;

/// Remembers which tasks are done and which are being worked on. Port to Redis and PostgreSQL; safe
/// for use by many threads. All times are measured by the store's clock, so that the clocks of pods
/// do not matter.
///
/// An owner is one attempt at a task. Every method throws {@link StoreException} if the store does
/// not answer; whether it has done what was asked is then unknown, and asking again is safe.
interface IdempotencyStore extends AutoCloseable {
  /// Claims a task, or extends the lease of the owner that has it.
  Claim claim(String key, String owner, Duration lease);

  /// Notes that a task is done. Works for its owner, even after the lease has ended, as long as no
  /// other has claimed the task since.
  ///
  /// @param timeToLive how long this is remembered
  /// @return false if it is another owner's now, or was noted already
  boolean record(String key, String owner, Duration timeToLive);

  /// Ends this owner's claim, so that the task can be run again; nothing if it has none.
  void release(String key, String owner);

  /// Removes what need not be remembered any more, for stores that do not do so by themselves.
  /// Called now and then.
  void removeExpired();

  /// Closes the connections.
  @Override
  void close();
}
