package dev.warren.worker.handler;

/// Thrown at the start for a handler that cannot be used as configured. The message says what,
/// where and what to do; nothing but a change of the image or the TaskWorker helps.
public final class UnusableHandlerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnusableHandlerException(String message) {
    super(message);
  }

  UnusableHandlerException(String message, Throwable cause) {
    super(message, cause);
  }
}
