package dev.warren.operator.taskqueue;

import dev.warren.model.BrokerBinding;
import dev.warren.model.BrokerTls;
import dev.warren.operator.broker.BrokerFeatures;
import dev.warren.operator.broker.VhostSnapshot;
import dev.warren.operator.resource.Credentials;
import java.util.Optional;

/// What a broker shows of a namespace's vhost.
public sealed interface BrokerView {
  /// It answered.
  ///
  /// @param clients where clients connect
  record Visible(BrokerFeatures features, Address clients, VhostSnapshot vhost)
      implements BrokerView {}

  /// This process has not asked it yet, and will be told when it has.
  ///
  /// @param why for a condition's message
  record Pending(String why) implements BrokerView {}

  /// It did not answer.
  ///
  /// @param why for a condition's message
  record Hidden(String why) implements BrokerView {}

  /// Where clients connect.
  ///
  /// @param tls how they know the broker, if they connect by TLS
  record Address(String host, int port, Optional<BrokerTls> tls) {
    /// What a client needs to know.
    public BrokerBinding binding(
        String vhost, Credentials credentials, Optional<BrokerBinding.Target> target) {
      return new BrokerBinding(
          host, port, vhost, credentials.user(), credentials.password(), tls, target);
    }
  }
}
