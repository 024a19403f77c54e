package dev.warren.operator.taskworker;

import dev.warren.crds.TaskWorker;
import dev.warren.model.BrokerBinding;
import dev.warren.model.DelayLane;
import dev.warren.operator.broker.ExactNames;
import dev.warren.operator.broker.Permissions;
import dev.warren.operator.resource.Credentials;
import dev.warren.operator.resource.Labels;
import dev.warren.operator.resource.SecretEntries;
import dev.warren.operator.resource.ServerSideApply;
import dev.warren.operator.topology.QueueTopology;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.stream.Stream;

/// What a fleet may do in the broker: read its queues, write to the delay lanes of its retry plan,
/// to the exchange that leads back to its queue and to its dead-letter exchange, and nothing else.
/// Pure.
final class DesiredAccess {
  private DesiredAccess() {}

  static Permissions permissions(QueueTopology topology) {
    var queue = topology.settings();
    var exchanges =
        Stream.concat(
            queue.delayLanes().stream().map(DelayLane::name),
            Stream.of(queue.returnExchange(), queue.deadLetters().exchange()));
    return new Permissions(
        "", ExactNames.pattern(exchanges), ExactNames.pattern(topology.sources().stream()));
  }

  /// The same for a fleet with pods that run by former settings: what they were granted stays,
  /// because the broker closes the channel of who asks for more, and gives all that it holds to
  /// others.
  ///
  /// @param granted what the broker says now
  static Permissions permissions(QueueTopology topology, Permissions granted) {
    var wanted = permissions(topology);
    return new Permissions(
        wanted.configure(),
        both(wanted.write(), granted.write()),
        both(wanted.read(), granted.read()));
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

  private static String both(String wanted, String granted) {
    return ExactNames.pattern(
        Stream.concat(ExactNames.of(wanted), ExactNames.of(granted)).distinct());
  }
}
