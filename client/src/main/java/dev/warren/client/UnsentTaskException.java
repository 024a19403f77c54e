package dev.warren.client;

/// Thrown when a task was never handed to the broker: no connection, a broker that takes nothing,
/// or no free place among the outstanding ones in time, or the publisher was closed. Publish it
/// again later.
public final class UnsentTaskException extends WarrenClientException {
  private static final long serialVersionUID = 1;

  UnsentTaskException(Message message, String what) {
    super(message, what, "it is not queued, publish it again when this is over");
  }
}
