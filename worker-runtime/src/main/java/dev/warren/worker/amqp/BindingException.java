package dev.warren.worker.amqp;

/// Thrown when there is no usable binding at present; the source goes on asking. The message says
/// what is wrong and where.
public final class BindingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// With a message for logs and `/readyz`.
  public BindingException(String message, Throwable cause) {
    super(message, cause);
  }
}
