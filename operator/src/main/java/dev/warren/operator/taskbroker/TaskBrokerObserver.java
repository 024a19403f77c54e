package dev.warren.operator.taskbroker;

import dev.warren.crds.TaskBroker;
import dev.warren.operator.broker.BrokerAddress;
import dev.warren.operator.broker.BrokerException;
import dev.warren.operator.broker.Brokers;
import dev.warren.operator.broker.Trust;
import dev.warren.operator.resource.SecretEntries;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/// Reads a TaskBroker's Secret and whom it trusts, and asks the broker what it can do. May be
/// called by any thread.
final class TaskBrokerObserver {
  private final Brokers brokers;

  TaskBrokerObserver(Brokers brokers) {
    this.brokers = brokers;
  }

  ObservedBroker observe(TaskBroker resource, KubernetesClient client) {
    var reference = resource.getSpec().secretRef();
    try {
      // Asked for by name each time: a cache of Secrets would have to hold everybody's.
      var secret =
          client.secrets().inNamespace(reference.namespace()).withName(reference.name()).get();
      return secret == null
          ? new ObservedBroker.SecretMissing()
          : observe(resource, secret, client);
    } catch (KubernetesClientException e) {
      if (Forbidden.isSaidBy(e)) {
        return new ObservedBroker.SecretForbidden();
      }
      throw e;
    }
  }

  private ObservedBroker observe(TaskBroker resource, Secret secret, KubernetesClient client) {
    Trust trust;
    try {
      trust = new TrustReader(client).read(resource.getSpec().tls());
    } catch (IllegalArgumentException e) {
      return new ObservedBroker.TlsInvalid(String.valueOf(e.getMessage()));
    }
    try {
      return observe(resource, BrokerAddress.parse(SecretEntries.of(secret), trust));
    } catch (IllegalArgumentException e) {
      return new ObservedBroker.SecretInvalid(String.valueOf(e.getMessage()));
    }
  }

  private ObservedBroker observe(TaskBroker resource, BrokerAddress address) {
    var broker = brokers.open(resource.getMetadata().getName(), address);
    try {
      return new ObservedBroker.Connected(broker.features(), broker.figuresSource());
    } catch (BrokerException e) {
      return new ObservedBroker.Failed(e);
    }
  }
}
