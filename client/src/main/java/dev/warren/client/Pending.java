package dev.warren.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// A task whose publisher waits to hear of it. Settled once: by the publishing thread as long as it
/// alone knows it, then by whoever takes it out of {@link Confirms}.
final class Pending {
  private final Message message;
  private final CompletableFuture<String> future = new CompletableFuture<>();
  private final Executor executor;
  private final Runnable whenSettled;

  /// @param executor completes the future, and so runs what its owner attached to it
  /// @param whenSettled runs before that, on the settling thread; must not block
  Pending(Message message, Executor executor, Runnable whenSettled) {
    this.message = message;
    this.executor = executor;
    this.whenSettled = whenSettled;
  }

  Message message() {
    return message;
  }

  /// Completes with the task's id.
  CompletableFuture<String> future() {
    return future;
  }

  void confirm() {
    whenSettled.run();
    executor.execute(() -> future.complete(message.id()));
  }

  void fail(WarrenClientException failure) {
    whenSettled.run();
    executor.execute(() -> future.completeExceptionally(failure));
  }
}
