package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskQueueSpec;
import dev.warren.crds.VhostPolicy;
import dev.warren.operator.topology.QueueSettings;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Objects;

/// Reads a TaskQueue's spec into {@link QueueSettings}. The schema has refused most of what could
/// be wrong; the rest, and all of it where an API server checks no schema, is found here. Pure.
public final class SettingsResolver {
  private static final String DEFAULT_BROKER = "default";
  private static final TaskQueueSpec EMPTY =
      new TaskQueueSpec(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null, null, null, null, null);

  private SettingsResolver() {}

  /// Settings, or what is wrong with the spec.
  public sealed interface Resolution {
    /// The spec is in order.
    record Resolved(QueueSettings settings) implements Resolution {}

    /// The spec is not.
    ///
    /// @param problems each names the field, the value and the remedy
    record Invalid(List<String> problems) implements Resolution {}
  }

  /// Settings of this TaskQueue on its TaskBroker.
  public static Resolution resolve(TaskQueue resource, TaskBroker broker) {
    return switch (new SpecReader(resource, spec(resource), broker, true).read()) {
      case Resolution.Resolved resolved -> resolved;
      case Resolution.Invalid(var problems) -> new Resolution.Invalid(blamed(problems, broker));
    };
  }

  /// What is wrong with the defaults of a TaskBroker, which are what a TaskQueue gets that says
  /// nothing; each problem names the field.
  public static List<String> problemsOfDefaults(TaskBroker broker) {
    return ofDefaults(broker).stream().map(SettingsResolver::amongDefaults).toList();
  }

  /// The same problems; those that a TaskQueue has from its TaskBroker say so.
  private static List<String> blamed(List<String> problems, TaskBroker broker) {
    var inherited = ofDefaults(broker);
    return problems.stream()
        .map(
            problem ->
                inherited.contains(problem)
                    ? "%s: %s".formatted(CeilingCheck.owner(broker), amongDefaults(problem))
                    : problem)
        .toList();
  }

  private static String amongDefaults(String problem) {
    return problem.replaceFirst("^spec\\.", "spec.defaults.");
  }

  private static List<String> ofDefaults(TaskBroker broker) {
    var silent = new TaskQueue();
    silent.setMetadata(
        new ObjectMetaBuilder().withName("default").withNamespace("default").build());
    return switch (new SpecReader(silent, EMPTY, broker, false).read()) {
      case Resolution.Resolved _ -> List.of();
      case Resolution.Invalid(var problems) -> problems;
    };
  }

  /// The same of one whose queues are there, whatever the ceilings are by now.
  static Resolution resolveAboveCeilings(TaskQueue resource, TaskBroker broker) {
    return new SpecReader(resource, spec(resource), broker, false).read();
  }

  /// Name of the TaskBroker that a TaskQueue names.
  public static String brokerOf(TaskQueue resource) {
    return Objects.requireNonNullElse(spec(resource).broker(), DEFAULT_BROKER);
  }

  /// Name in RabbitMQ.
  public static String queueOf(TaskQueue resource) {
    return Objects.requireNonNullElse(spec(resource).queueName(), resource.getMetadata().getName());
  }

  /// Whether a TaskQueue is left as it is, and its workers stand still.
  public static boolean paused(TaskQueue resource) {
    return Boolean.TRUE.equals(spec(resource).paused());
  }

  /// Where a broker puts the queues of a namespace.
  public static QueueSettings.Place place(TaskBroker broker, String namespace) {
    var policy = broker.getSpec().vhostPolicy();
    return policy != null && policy.type() == VhostPolicy.Type.Fixed && policy.vhost() != null
        ? new QueueSettings.Place(policy.vhost(), true)
        : new QueueSettings.Place(namespace, false);
  }

  static TaskQueueSpec spec(TaskQueue resource) {
    return Objects.requireNonNullElse(resource.getSpec(), EMPTY);
  }
}
