package dev.warren.local.demo;

/// The demo cannot go on; the message is for the person at the terminal.
final class DemoException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DemoException(String message) {
    super(message);
  }
}
