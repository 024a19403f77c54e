package dev.warren.worker.handler;

import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// Tasks and attempts as tests of handlers need them.
final class SomeTask {
  static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private SomeTask() {}

  static Task<byte[]> of(String type) {
    return of(type, Map.of(), "{}");
  }

  static Task<byte[]> of(String type, Map<String, Object> headers, String body) {
    return of(type, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  static Task<byte[]> of(String type, Map<String, Object> headers, byte[] body) {
    return new Task<>(Optional.of("t-1ü"), type, "key one", 3, headers, body);
  }

  /// The second attempt of a task, which remembers its progress.
  record Attempt(List<String> steps) implements TaskContext {
    Attempt() {
      this(new CopyOnWriteArrayList<>());
    }

    @Override
    public int attempt() {
      return 2;
    }

    @Override
    public Instant firstSeen() {
      return Instant.ofEpochMilli(1_000);
    }

    @Override
    public Instant deadline() {
      return Instant.ofEpochMilli(2_000);
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public Optional<String> idempotencyKey() {
      return Optional.of("t-1ü");
    }

    @Override
    public void progress(String step) {
      steps.add(step);
    }

    @Override
    public Optional<String> traceparent() {
      return Optional.of(TRACEPARENT);
    }
  }
}
