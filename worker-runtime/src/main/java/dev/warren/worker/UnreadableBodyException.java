package dev.warren.worker;

/// Thrown for a body that is not what the handler reads; the task becomes a dead letter at once.
/// The message says where the body is wrong and never quotes it.
public final class UnreadableBodyException extends Exception {
  private static final long serialVersionUID = 1;

  /// With a message for the dead letter's headers.
  public UnreadableBodyException(String message) {
    super(message);
  }
}
