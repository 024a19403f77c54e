package dev.warren.worker;

import dev.warren.model.TaskHeaders;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a handler sees of its attempt.
record AttemptContext(IncomingTask task, Attempt running) implements TaskContext {
  private static final Logger LOG = LoggerFactory.getLogger("dev.warren.worker.task");

  /// In characters, so that a failure's message has room for what to do.
  private static final int LONGEST_STEP = 200;

  @Override
  public int attempt() {
    return task.attempt();
  }

  @Override
  public Instant firstSeen() {
    return task.firstSeen();
  }

  @Override
  public Instant deadline() {
    return running.deadline();
  }

  @Override
  public boolean isCancelled() {
    return running.isCancelled();
  }

  @Override
  public void onCancel(Runnable action) {
    running.onCancel(action);
  }

  @Override
  public Optional<String> idempotencyKey() {
    return task.task().id();
  }

  @Override
  public void progress(String told) {
    var step = told.substring(0, Math.min(told.length(), LONGEST_STEP));
    running.progress(step);
    LOG.atDebug()
        .addKeyValue("task_id", task.task().id().orElse(""))
        .addKeyValue("attempt", task.attempt())
        .addKeyValue("progress", step)
        .log("Task goes on");
  }

  @Override
  public Optional<String> traceparent() {
    return header(TaskHeaders.TRACEPARENT);
  }

  @Override
  public Optional<String> tracestate() {
    return header(TaskHeaders.TRACESTATE);
  }

  /// That of the span, if there is one; else the message's.
  private Optional<String> header(String name) {
    var headers = running.span().headers();
    if (!headers.isEmpty()) {
      return Optional.ofNullable(headers.get(name));
    }
    return task.task().headers().get(name) instanceof String value
        ? Optional.of(value)
        : Optional.empty();
  }
}
