package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskBroker;
import dev.warren.operator.broker.BrokerException;
import dev.warren.operator.broker.BrokerVersion;
import dev.warren.operator.broker.Brokers;
import dev.warren.operator.resource.Conditions;
import dev.warren.operator.resource.Verdict;
import io.fabric8.kubernetes.api.model.Condition;

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
    var name = resource.getMetadata().getName();
    var version = resource.getStatus() == null ? null : resource.getStatus().version();
    var broker = brokers.find(name);
    if (broker.isEmpty() || version == null) {
      return resource.getStatus() == null || ready(resource)
          ? new BrokerView.Pending("TaskBroker '%s' was not looked at yet".formatted(name))
          : new BrokerView.Hidden(unready(resource));
    }
    if (!BrokerVersion.parse(version).supported()) {
      return new BrokerView.Hidden(unready(resource));
    }
    try {
      var vhost = broker.get().snapshot(SettingsResolver.vhost(resource, namespace));
      var address = broker.get().address();
      return new BrokerView.Visible(
          BrokerVersion.parse(version), address.amqpHost(), address.amqpPort(), vhost);
    } catch (BrokerException e) {
      return new BrokerView.Hidden("TaskBroker '%s': %s".formatted(name, e.getMessage()));
    }
  }

  private static boolean ready(TaskBroker broker) {
    return Conditions.find(broker.getStatus().conditions(), Verdict.READY)
        .filter(condition -> condition.getStatus().equals("True"))
        .isPresent();
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
