package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskQueueSpec.Overflow;
import dev.warren.model.QueueType;
import dev.warren.operator.broker.BrokerVersion;
import dev.warren.operator.resource.Selectors;
import dev.warren.operator.resource.Verdict;
import java.util.Optional;

/// Whether a TaskQueue can be made true at all: an ordered list of checks, of which the first that
/// fails decides. Pure.
sealed interface Admission {
  /// It can.
  record Admitted(QueueSettings settings, BrokerView.Visible view) implements Admission {}

  /// It cannot.
  ///
  /// @param verdict what stands in the way, and the remedy
  record Refused(Verdict verdict) implements Admission {}

  /// It will be known soon, and nothing is said until then.
  record Postponed(Verdict verdict) implements Admission {}

  static Admission of(TaskQueue queue, ObservedQueue observed) {
    if (observed.broker().isEmpty()) {
      return refused(
          "BrokerNotFound",
          "TaskBroker '%s' does not exist; create it or correct spec.broker"
              .formatted(SettingsResolver.brokerOf(queue)));
    }
    var broker = observed.broker().get();
    if (!Selectors.matches(broker.getSpec().namespaceSelector(), observed.namespaceLabels())) {
      return refused(
          "BrokerNotAllowed",
          "TaskBroker '%s' does not admit namespace '%s'; ask its owner to extend spec.namespaceSelector or to label the namespace"
              .formatted(broker.getMetadata().getName(), queue.getMetadata().getNamespace()));
    }
    return switch (SettingsResolver.resolve(queue, broker)) {
      case SettingsResolver.Resolution.Invalid(var problems) ->
          refused("InvalidSpec", String.join("; ", problems));
      case SettingsResolver.Resolution.Resolved(var settings) ->
          ofSettings(queue, settings, broker, observed);
    };
  }

  private static Admission ofSettings(
      TaskQueue queue, QueueSettings settings, TaskBroker broker, ObservedQueue observed) {
    var owner = Claims.owner(queue, broker, observed.neighbours());
    if (!Claims.same(owner, queue)) {
      return refused(
          "Conflict",
          "queue '%s' in vhost '%s' belongs to the older TaskQueue '%s/%s'; set another spec.queueName"
              .formatted(
                  settings.queue(),
                  settings.vhost(),
                  owner.getMetadata().getNamespace(),
                  owner.getMetadata().getName()));
    }
    return switch (observed.view()) {
      case BrokerView.Pending(var why) -> new Postponed(Verdict.notReady("BrokerPending", why));
      case BrokerView.Hidden(var why) -> refused("BrokerUnreachable", why);
      case BrokerView.Visible visible ->
          unsupported(settings, visible.version())
              .or(() -> unfit(settings, visible))
              .<Admission>map(Refused::new)
              .orElseGet(() -> new Admitted(settings, visible));
    };
  }

  private static Optional<Verdict> unsupported(QueueSettings settings, BrokerVersion version) {
    var quorum = settings.type() == QueueType.QUORUM;
    if (quorum && settings.priorities().isPresent() && !version.atLeast(4, 0)) {
      return Optional.of(
          Verdict.notReady(
              "UnsupportedByBroker",
              "spec.priorities on a Quorum queue needs RabbitMQ 4.0 or later, this is %s; set spec.type to Classic"
                  .formatted(version.text())));
    }
    if (quorum && settings.overflow().equals(Optional.of(Overflow.RejectPublishDeadLetter))) {
      return Optional.of(
          Verdict.notReady(
              "UnsupportedByBroker",
              "spec.overflow RejectPublishDeadLetter works on Classic queues only; use RejectPublish or DropHead, or set"
                  + " spec.type to Classic"));
    }
    return Optional.empty();
  }

  private static Optional<Verdict> unfit(QueueSettings settings, BrokerView.Visible view) {
    var conflicts = TopologyDifference.conflicts(DesiredTopology.of(settings), view.vhost());
    return conflicts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Verdict.notReady(
                "Differs",
                String.join("; ", conflicts)
                    + "; such settings cannot change in place: adapt the spec, or delete what is there"));
  }

  private static Refused refused(String reason, String message) {
    return new Refused(Verdict.notReady(reason, message));
  }
}
