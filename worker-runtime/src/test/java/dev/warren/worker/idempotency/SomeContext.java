package dev.warren.worker.idempotency;

import dev.warren.worker.TaskContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// An attempt that a test can cancel.
public record SomeContext(Optional<String> idempotencyKey, AtomicBoolean cancelled)
    implements TaskContext {
  /// Of a task with this id.
  public static SomeContext of(String id) {
    return new SomeContext(Optional.of(id), new AtomicBoolean());
  }

  @Override
  public int attempt() {
    return 1;
  }

  @Override
  public Instant firstSeen() {
    return Instant.now();
  }

  @Override
  public Instant deadline() {
    return Instant.now().plus(Duration.ofMinutes(10));
  }

  @Override
  public boolean isCancelled() {
    return cancelled.get();
  }
}
