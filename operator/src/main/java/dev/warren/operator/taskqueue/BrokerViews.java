package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskBroker;
import dev.warren.operator.broker.Broker;
import dev.warren.operator.broker.BrokerAddress;
import dev.warren.operator.broker.BrokerException;
import dev.warren.operator.broker.Brokers;
import dev.warren.operator.resource.Conditions;
import dev.warren.operator.resource.Verdict;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Optional;

/// Looks at a broker for a namespace. May be called by any thread; a broker's last reading answers
/// at once.
public final class BrokerViews {
  private final Brokers brokers;

  /// Looks at these brokers.
  public BrokerViews(Brokers brokers) {
    this.brokers = brokers;
  }

  /// What the broker behind this TaskBroker shows of the namespace's vhost.
  public BrokerView of(TaskBroker resource, String namespace) {
    return brokers
        .find(resource.getMetadata().getName())
        .flatMap(broker -> of(broker, resource, namespace))
        .orElseGet(
            () ->
                resource.getStatus() == null
                        || resource.getStatus().conditions() == null
                        || ready(resource)
                    ? new BrokerView.Pending(
                        "TaskBroker '%s' was not looked at yet"
                            .formatted(resource.getMetadata().getName()))
                    : new BrokerView.Hidden(unready(resource)));
  }

  /// Empty as long as it has not said what it can do.
  private static Optional<BrokerView> of(Broker broker, TaskBroker resource, String namespace) {
    return broker
        .lastFeatures()
        .map(
            features -> {
              if (!features.version().supported()) {
                return new BrokerView.Hidden(unready(resource));
              }
              try {
                var vhost = SettingsResolver.place(resource, namespace).vhost();
                return new BrokerView.Visible(
                    features, clients(broker.address()), broker.snapshot(vhost));
              } catch (BrokerException e) {
                return new BrokerView.Hidden(
                    "TaskBroker '%s': %s"
                        .formatted(resource.getMetadata().getName(), e.getMessage()));
              }
            });
  }

  private static BrokerView.Address clients(BrokerAddress address) {
    return new BrokerView.Address(address.amqpHost(), address.amqpPort(), address.tlsOfTenants());
  }

  private static boolean ready(TaskBroker broker) {
    return Conditions.holds(broker.getStatus().conditions(), Verdict.READY);
  }

  private static String unready(TaskBroker broker) {
    return "TaskBroker '%s' is not ready: %s"
        .formatted(
            broker.getMetadata().getName(),
            Conditions.find(broker.getStatus().conditions(), Verdict.READY)
                .map(Condition::getMessage)
                .orElse("no reason given"));
  }
}
