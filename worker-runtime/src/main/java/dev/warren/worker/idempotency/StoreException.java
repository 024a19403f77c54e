package dev.warren.worker.idempotency;

/// Thrown when a store does not answer or refuses. The message says why, for the log and `/readyz`.
final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
