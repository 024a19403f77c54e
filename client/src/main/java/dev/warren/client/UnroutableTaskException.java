package dev.warren.client;

/// Thrown when no queue takes a task from its address: no such exchange, no binding for the routing
/// key, or no permission to write there. Publishing again helps only after the address is fixed.
public final class UnroutableTaskException extends WarrenClientException {
  private static final long serialVersionUID = 1;

  UnroutableTaskException(Message message, String what) {
    super(
        message,
        what,
        "create the TaskQueue, or correct the exchange, the routing key or the user's permissions, then publish it again");
  }
}
