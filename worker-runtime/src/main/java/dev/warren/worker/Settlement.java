package dev.warren.worker;

import java.util.Optional;

/// What to tell the broker about a delivery.
sealed interface Settlement {
  /// How the delivery ends when the broker has been told.
  TaskStatus status();

  /// Why, for the log; empty for done tasks.
  Optional<String> reason();

  /// The task leaves its queue.
  record Acknowledge(TaskStatus status, Optional<String> reason) implements Settlement {}

  /// The task goes on in another message; once that is confirmed, this one is acknowledged.
  record Replace(TaskStatus status, Optional<Failure> failure, Successor successor)
      implements Settlement {
    @Override
    public Optional<String> reason() {
      return failure.map(Failure::toString);
    }
  }

  /// The task goes back as it was.
  record GiveBack(Optional<String> reason) implements Settlement {
    @Override
    public TaskStatus status() {
      return TaskStatus.RETURNED;
    }
  }
}
