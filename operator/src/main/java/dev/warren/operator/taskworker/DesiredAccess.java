package dev.warren.operator.taskworker;

import static java.util.stream.Collectors.joining;

import dev.warren.crds.TaskWorker;
import dev.warren.model.BrokerBinding;
import dev.warren.model.DelayLane;
import dev.warren.operator.broker.Permissions;
import dev.warren.operator.resource.Credentials;
import dev.warren.operator.resource.Labels;
import dev.warren.operator.resource.SecretEntries;
import dev.warren.operator.resource.ServerSideApply;
import dev.warren.operator.topology.QueueTopology;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.stream.Stream;

/// What a fleet may do in the broker: read its queues, write to the delay lanes of its retry plan
/// and to its dead-letter exchange, and nothing else. Pure.
final class DesiredAccess {
  private DesiredAccess() {}

  static Permissions permissions(QueueTopology topology) {
    var queue = topology.settings();
    var exchanges =
        Stream.concat(
            queue.delayLanes().stream().map(DelayLane::name),
            Stream.of(queue.deadLetters().exchange()));
    return new Permissions("", exactly(exchanges), exactly(topology.sources().stream()));
  }

  static Secret secret(
      TaskWorker owner, WorkerSettings settings, BrokerBinding binding, Credentials credentials) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName(settings.bindingSecret())
        .withNamespace(settings.namespace())
        .withLabels(Labels.ofWorker(settings.name()))
        .withAnnotations(credentials.annotations())
        .withOwnerReferences(ServerSideApply.ownerReference(owner))
        .endMetadata()
        .withType("servicebinding.io/rabbitmq")
        .withData(SecretEntries.encode(binding.entries()))
        .build();
  }

  private static String exactly(Stream<String> names) {
    return names.map(name -> name.replace(".", "\\.")).collect(joining("|", "^(", ")$"));
  }
}
