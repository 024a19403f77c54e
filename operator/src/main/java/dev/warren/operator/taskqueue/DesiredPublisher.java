package dev.warren.operator.taskqueue;

import static java.util.stream.Collectors.joining;

import dev.warren.crds.TaskQueue;
import dev.warren.model.BrokerBinding;
import dev.warren.operator.broker.Permissions;
import dev.warren.operator.resource.Credentials;
import dev.warren.operator.resource.Labels;
import dev.warren.operator.resource.SecretEntries;
import dev.warren.operator.resource.ServerSideApply;
import dev.warren.operator.topology.QueueSettings;
import dev.warren.operator.topology.TopicPattern;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;

/// What producers of a task queue get: a user that may publish to its exchange and nothing else,
/// and the Secret that says so in the form of the Service Binding specification. Pure.
final class DesiredPublisher {
  private DesiredPublisher() {}

  /// In a vhost that namespaces share, a topic exchange takes from it only what leads to its own
  /// queue.
  static Permissions permissions(QueueSettings settings) {
    var exchange = settings.exchange();
    var write = "^" + exchange.name().replace(".", "\\.") + "$";
    return settings.place().shared() && exchange.type().equals("topic")
        ? new Permissions("", write, "", Map.of(exchange.name(), keys(settings)))
        : new Permissions("", write, "");
  }

  private static String keys(QueueSettings settings) {
    return settings.routes().stream()
        .map(route -> TopicPattern.parse(route.routingKey()).regex())
        .collect(joining("|", "^(", ")$"));
  }

  static Secret secret(
      TaskQueue owner, QueueSettings settings, BrokerBinding binding, Credentials credentials) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName(settings.bindingSecret())
        .withNamespace(settings.namespace())
        .withLabels(Labels.ofQueue(settings.name()))
        .withAnnotations(credentials.annotations())
        .withOwnerReferences(ServerSideApply.ownerReference(owner))
        .endMetadata()
        .withType("servicebinding.io/rabbitmq")
        .withData(SecretEntries.encode(binding.entries()))
        .build();
  }
}
