package dev.warren.operator.taskbroker;

import dev.warren.crds.TaskBroker;
import dev.warren.operator.broker.BrokerAddress;
import dev.warren.operator.broker.BrokerException;
import dev.warren.operator.broker.Brokers;
import dev.warren.operator.resource.SecretEntries;
import io.fabric8.kubernetes.client.KubernetesClient;

/// Reads a TaskBroker's Secret and asks the broker for its version. May be called by any thread.
final class TaskBrokerObserver {
  private final Brokers brokers;

  TaskBrokerObserver(Brokers brokers) {
    this.brokers = brokers;
  }

  ObservedBroker observe(TaskBroker resource, KubernetesClient client) {
    var reference = resource.getSpec().secretRef();
    // Asked for by name each time: a cache of Secrets would have to hold everybody's.
    var secret =
        client.secrets().inNamespace(reference.namespace()).withName(reference.name()).get();
    if (secret == null) {
      return new ObservedBroker.SecretMissing();
    }
    try {
      var address = BrokerAddress.parse(SecretEntries.of(secret));
      var broker = brokers.open(resource.getMetadata().getName(), address);
      return new ObservedBroker.Connected(broker.version());
    } catch (IllegalArgumentException e) {
      return new ObservedBroker.SecretInvalid(String.valueOf(e.getMessage()));
    } catch (BrokerException e) {
      return new ObservedBroker.Failed(e);
    }
  }
}
