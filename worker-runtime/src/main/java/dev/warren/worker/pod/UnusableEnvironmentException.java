package dev.warren.worker.pod;

/// Thrown at the start for what the pod cannot start with: missing variables, an unreadable
/// configuration, an address that is taken. The message says what, where and what to do.
final class UnusableEnvironmentException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnusableEnvironmentException(String message) {
    super(message);
  }

  UnusableEnvironmentException(String message, Throwable cause) {
    super(message, cause);
  }
}
