package dev.warren.worker.handler;

/// Thrown when a command does not keep to the protocol of JSON lines. The message says how, for the
/// task's error headers.
final class ProtocolException extends Exception {
  private static final long serialVersionUID = 1;

  ProtocolException(String message) {
    super(message);
  }
}
