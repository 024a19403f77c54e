package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskQueue;
import dev.warren.operator.resource.Selectors;
import dev.warren.operator.resource.Verdict;
import dev.warren.operator.topology.QueueSettings;
import dev.warren.operator.topology.QueueTopology;
import java.util.function.Function;

/// Whether a TaskQueue can be made true at all: an ordered list of checks, of which the first that
/// fails decides. Pure.
sealed interface Admission {
  /// It can.
  record Admitted(QueueTopology topology, BrokerView.Visible view) implements Admission {
    QueueSettings settings() {
      return topology.settings();
    }
  }

  /// It cannot.
  ///
  /// @param verdict what stands in the way, and the remedy
  record Refused(Verdict verdict) implements Admission {}

  /// Who could tell is not there, or does not answer.
  ///
  /// @param verdict who, and the remedy
  record OutOfReach(Verdict verdict) implements Admission {}

  /// It will be known soon, and nothing is said until then.
  record Postponed(Verdict verdict) implements Admission {}

  static Admission of(TaskQueue queue, ObservedQueue observed) {
    if (observed.broker().isEmpty()) {
      return new OutOfReach(
          Verdict.notReady(
              "BrokerNotFound",
              "TaskBroker '%s' does not exist; create it or correct spec.broker"
                  .formatted(SettingsResolver.brokerOf(queue))));
    }
    var broker = observed.broker().get();
    if (!Selectors.matches(broker.getSpec().namespaceSelector(), observed.namespaceLabels())) {
      return refused(
          "BrokerNotAllowed",
          "%s does not admit namespace '%s'; ask its owner to extend spec.namespaceSelector or to label the namespace"
              .formatted(CeilingCheck.owner(broker), queue.getMetadata().getNamespace()));
    }
    return switch (SettingsResolver.resolve(queue, broker)) {
      case SettingsResolver.Resolution.Invalid(var problems) ->
          refused("InvalidSpec", String.join("; ", problems));
      case SettingsResolver.Resolution.Resolved(var settings) ->
          Ownership.conflict(queue, settings, broker, observed.neighbours())
              .<Admission>map(Refused::new)
              .orElseGet(
                  () ->
                      ofView(
                          observed.view(),
                          visible ->
                              Ownership.exchangeNotShareable(
                                      queue,
                                      settings,
                                      broker,
                                      observed.neighbours(),
                                      visible.features().version())
                                  .<Admission>map(Refused::new)
                                  .orElseGet(() -> ofBroker(queue, settings, visible))));
    };
  }

  /// The same for one that is being deleted: what keeps it from being made now does not keep it
  /// from being taken away.
  static Admission ofLeaving(TaskQueue queue, ObservedQueue observed) {
    if (observed.broker().isEmpty()) {
      return of(queue, observed);
    }
    var broker = observed.broker().get();
    return switch (SettingsResolver.resolveAboveCeilings(queue, broker)) {
      case SettingsResolver.Resolution.Invalid(var problems) ->
          refused("InvalidSpec", String.join("; ", problems));
      case SettingsResolver.Resolution.Resolved(var settings) ->
          Ownership.nameTaken(queue, settings, broker, observed.neighbours().sameName())
              .<Admission>map(Refused::new)
              .orElseGet(
                  () -> ofView(observed.view(), visible -> ofVhost(queue, settings, visible)));
    };
  }

  private static Admission ofView(
      BrokerView view, Function<BrokerView.Visible, Admission> ofVisible) {
    return switch (view) {
      case BrokerView.Pending(var why) -> new Postponed(Verdict.pending("BrokerPending", why));
      case BrokerView.Hidden(var why) -> new OutOfReach(Verdict.notReady("BrokerUnreachable", why));
      case BrokerView.Visible visible -> ofVisible.apply(visible);
    };
  }

  private static Admission ofBroker(
      TaskQueue queue, QueueSettings settings, BrokerView.Visible view) {
    return UnsupportedSettings.find(settings, view.features())
        .<Admission>map(Refused::new)
        .orElseGet(() -> ofVhost(queue, settings, view));
  }

  private static Admission ofVhost(
      TaskQueue queue, QueueSettings settings, BrokerView.Visible view) {
    return switch (Claims.of(queue, settings).topology(view.vhost())) {
      case QueueTopology.Choice.Possible(var topology) -> new Admitted(topology, view);
      case QueueTopology.Choice.Differs(var differences) ->
          refused(
              "Differs",
              String.join("; ", differences)
                  + "; such settings cannot change in place: adapt the spec, delete what is there, or annotate the TaskQueue with %s=%d to have its messages moved to a queue of Warren's"
                      .formatted(Annotations.MIGRATE, queue.getMetadata().getGeneration()));
    };
  }

  private static Refused refused(String reason, String message) {
    return new Refused(Verdict.notReady(reason, message));
  }
}
