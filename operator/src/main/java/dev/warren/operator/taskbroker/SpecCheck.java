package dev.warren.operator.taskbroker;

import dev.warren.crds.TaskBroker;
import dev.warren.model.DurationText;
import dev.warren.operator.resource.Selectors;
import dev.warren.operator.taskqueue.SettingsResolver;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is wrong with a TaskBroker that its schema cannot say. Pure.
final class SpecCheck {
  /// AMQP's limit for the name of a vhost.
  private static final int MAX_VHOST_BYTES = 255;

  private SpecCheck() {}

  /// Problems, each with its field, the value and the remedy; none if the spec is in order.
  static List<String> problems(TaskBroker broker) {
    return Stream.of(
            Selectors.problems("spec.namespaceSelector", broker.getSpec().namespaceSelector()),
            vhost(broker).stream().toList(),
            consumerTimeout(broker).stream().toList(),
            SettingsResolver.problemsOfDefaults(broker))
        .flatMap(List::stream)
        .toList();
  }

  private static Optional<String> vhost(TaskBroker broker) {
    return Optional.ofNullable(broker.getSpec().vhostPolicy())
        .map(policy -> policy.vhost())
        .filter(SpecCheck::isUnusable)
        .map(
            "spec.vhostPolicy.vhost is '%s'; use a name of 1 to 255 bytes, and not '.' or '..'"
                ::formatted);
  }

  private static Optional<String> consumerTimeout(TaskBroker broker) {
    try {
      return Optional.ofNullable(broker.getSpec().consumerTimeout())
          .filter(text -> DurationText.parse(text).isZero())
          .map("spec.consumerTimeout is '%s'; use 1ms or more"::formatted);
    } catch (IllegalArgumentException e) {
      return Optional.of("spec.consumerTimeout: " + e.getMessage());
    }
  }

  /// A step in a path of the management API is no name there.
  private static boolean isUnusable(String vhost) {
    return vhost.equals(".")
        || vhost.equals("..")
        || vhost.getBytes(StandardCharsets.UTF_8).length > MAX_VHOST_BYTES;
  }
}
