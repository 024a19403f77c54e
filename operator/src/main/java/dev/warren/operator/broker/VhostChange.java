package dev.warren.operator.broker;

/// Something in a broker differs from the reading before, or it was read for the first time.
///
/// @param broker the TaskBroker's name
/// @param vhost where; empty for every vhost of the broker, which was opened or is somewhere else
///   now
/// @param affected which queues it may concern
public record VhostChange(String broker, String vhost, Affected affected) {
  /// Any queue of any vhost of the broker.
  static VhostChange everywhere(String broker) {
    return new VhostChange(broker, "", new Affected.All());
  }

  /// Whether it may concern queues in this vhost.
  public boolean concerns(String brokerName, String vhostName) {
    return broker.equals(brokerName) && (vhost.isEmpty() || vhost.equals(vhostName));
  }
}
