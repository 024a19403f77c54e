package dev.warren.worker.idempotency;

import java.util.UUID;
import java.util.function.BooleanSupplier;

/// One attempt's hold on a task. Its monitor keeps the end of the hold and an extension of it
/// apart: an extension that came after the release would claim the task anew.
final class Lease {
  private final String key;
  private final String owner = UUID.randomUUID().toString();
  private final BooleanSupplier cancelled;

  /// When it was last extended, of {@link System#nanoTime}. Written by the keeper's thread alone.
  private long extendedAt = System.nanoTime();

  /// Guarded by this.
  private boolean ended;

  /// @param cancelled whether the attempt no longer counts
  Lease(String key, BooleanSupplier cancelled) {
    this.key = key;
    this.cancelled = cancelled;
  }

  String key() {
    return key;
  }

  String owner() {
    return owner;
  }

  /// Whether to let it lapse: an attempt that was cancelled must not keep its successors out, even
  /// if it hangs.
  boolean isCancelled() {
    return cancelled.getAsBoolean();
  }

  boolean isOlderThan(long nanos) {
    return System.nanoTime() - extendedAt > nanos;
  }

  synchronized void extend(Runnable extension) {
    if (!ended) {
      extension.run();
      extendedAt = System.nanoTime();
    }
  }

  synchronized void end() {
    ended = true;
  }
}
