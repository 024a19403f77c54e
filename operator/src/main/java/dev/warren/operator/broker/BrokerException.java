package dev.warren.operator.broker;

/// A call to a broker that did not succeed. The message quotes what was called, never credentials,
/// and stays the same while the cause does.
public final class BrokerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// What the caller does next.
  public enum Kind {
    /// Nothing answered, or the broker is in trouble: wait.
    UNREACHABLE,
    /// The credentials are wrong or lack a right: somebody must change the Secret.
    UNAUTHORIZED,
    /// The broker refuses this very request: somebody must change what is asked for.
    REFUSED
  }

  private final Kind kind;

  BrokerException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /// The same, thrown by somebody else: a stack trace belongs to one thread.
  BrokerException again() {
    return new BrokerException(kind, String.valueOf(getMessage()));
  }

  /// What the caller does next.
  public Kind kind() {
    return kind;
  }
}
