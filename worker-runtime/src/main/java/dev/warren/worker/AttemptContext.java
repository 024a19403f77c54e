package dev.warren.worker;

import java.time.Instant;

/// What a handler sees of its attempt.
record AttemptContext(IncomingTask task, Attempt running) implements TaskContext {
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
}
