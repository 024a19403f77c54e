package dev.warren.client;

/// Thrown when it is unknown whether the broker has a task: the connection was lost or the time ran
/// out before its confirm. Publish it again with the same id; it may then be there twice.
public final class UnconfirmedTaskException extends WarrenClientException {
  private static final long serialVersionUID = 1;

  UnconfirmedTaskException(Message message, String what) {
    super(message, what, "it may or may not be queued, so publish it again with the same id");
  }
}
