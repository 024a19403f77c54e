package dev.warren.operator.broker;

/// Failures of a broker, for tests of other packages.
public final class BrokerFailures {
  private BrokerFailures() {}

  public static BrokerException of(BrokerException.Kind kind, String message) {
    return new BrokerException(kind, message);
  }
}
