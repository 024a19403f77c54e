package dev.warren.operator.taskqueue;

import dev.warren.operator.broker.BrokerVersion;
import dev.warren.operator.broker.VhostSnapshot;

/// What a broker shows of a namespace's vhost.
public sealed interface BrokerView {
  /// It answered.
  ///
  /// @param amqpHost where clients connect
  /// @param amqpPort where clients connect
  record Visible(BrokerVersion version, String amqpHost, int amqpPort, VhostSnapshot vhost)
      implements BrokerView {}

  /// This process has not asked it yet, and will be told when it has.
  ///
  /// @param why for a condition's message
  record Pending(String why) implements BrokerView {}

  /// It did not answer.
  ///
  /// @param why for a condition's message
  record Hidden(String why) implements BrokerView {}
}
