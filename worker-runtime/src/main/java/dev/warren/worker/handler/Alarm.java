package dev.warren.worker.handler;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Calls back after a time. Safe for use by many threads.
@FunctionalInterface
interface Alarm {
  /// On a virtual thread, by the timer that the JVM has anyway.
  Alarm OF_JVM =
      (delay, action) ->
          CompletableFuture.delayedExecutor(
                  delay.toNanos(), TimeUnit.NANOSECONDS, Thread::startVirtualThread)
              .execute(action);

  /// Has this run once, so much later, on another thread; it cannot be taken back.
  void after(Duration delay, Runnable action);
}
