package dev.warren.worker.store;

/// Thrown for a store's Secret that is missing or wrong. The message names the file or the entry
/// and the remedy, and never quotes a password.
public final class UnusableStoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnusableStoreException(String message) {
    super(message);
  }

  UnusableStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
