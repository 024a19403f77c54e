package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskQueue;
import dev.warren.model.BrokerBinding;
import dev.warren.operator.broker.Permissions;
import dev.warren.operator.resource.Labels;
import dev.warren.operator.resource.SecretEntries;
import dev.warren.operator.resource.ServerSideApply;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;

/// What producers of a task queue get: a user that may publish to its exchange and nothing else,
/// and the Secret that says so in the form of the Service Binding specification. Pure.
final class DesiredPublisher {
  private DesiredPublisher() {}

  static Permissions permissions(QueueSettings settings) {
    return new Permissions("", "^" + settings.exchange().name().replace(".", "\\.") + "$", "");
  }

  static Secret secret(TaskQueue owner, QueueSettings settings, BrokerBinding binding) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName(settings.bindingSecret())
        .withNamespace(settings.namespace())
        .withLabels(Labels.ofQueue(settings.name()))
        .withOwnerReferences(ServerSideApply.ownerReference(owner))
        .endMetadata()
        .withType("servicebinding.io/rabbitmq")
        .withData(SecretEntries.encode(binding.entries()))
        .build();
  }
}
