package dev.warren.client;

/// Thrown when the broker refused a task: its queue is full and rejects, or the broker failed to
/// store it. Publish it again later, with the same id, because a second queue may have taken it.
public final class RejectedTaskException extends WarrenClientException {
  private static final long serialVersionUID = 1;

  RejectedTaskException(Message message, String what) {
    super(message, what, "publish it again later with the same id, or raise the queue's limit");
  }
}
