package dev.warren.operator.taskworker;

import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskWorker;
import dev.warren.operator.resource.Conditions;
import dev.warren.operator.resource.Verdict;
import dev.warren.operator.taskqueue.BrokerView;
import dev.warren.operator.taskqueue.Claims;
import dev.warren.operator.taskqueue.SettingsResolver;
import dev.warren.operator.topology.QueueSettings;
import dev.warren.operator.topology.QueueTopology;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Objects;

/// Whether a TaskWorker can be made true: checks in their order, of which the first that fails
/// decides. Pure.
sealed interface WorkerAdmission {
  /// It can.
  record Admitted(WorkerSettings settings, BrokerView.Visible view) implements WorkerAdmission {}

  /// It cannot for now: its pods stay as they are.
  record Held(Verdict verdict) implements WorkerAdmission {}

  /// It cannot until somebody makes what nothing tells of: its pods stay as they are.
  record Wanting(Verdict verdict) implements WorkerAdmission {}

  /// It will be known soon, and nothing is said until then.
  record Postponed(Verdict verdict) implements WorkerAdmission {}

  /// It has nothing to consume: no pod is wanted.
  record Stopped(Verdict verdict) implements WorkerAdmission {}

  static WorkerAdmission of(TaskWorker worker, ObservedWorker observed) {
    // First of all: whatever is found, what belongs to somebody else is not touched.
    if (foreign(worker, observed)) {
      return new Held(
          Verdict.notReady(
              "DeploymentConflict",
              "Deployment '%s' exists and is not this TaskWorker's; rename the one or the other"
                  .formatted(worker.getMetadata().getName())));
    }
    if (observed.queue().isEmpty()) {
      return new Stopped(
          Verdict.notReady(
              "QueueNotFound",
              "TaskQueue '%s' does not exist in namespace '%s'; create it or correct spec.queue"
                  .formatted(worker.getSpec().queue(), worker.getMetadata().getNamespace())));
    }
    var queue = observed.queue().get();
    if (observed.broker().isEmpty()
        || queue.getStatus() == null
        || queue.getStatus().queueName() == null) {
      return new Held(queueNotReady(queue));
    }
    return switch (SettingsResolver.resolve(queue, observed.broker().get())) {
      case SettingsResolver.Resolution.Invalid _ -> new Held(queueNotReady(queue));
      case SettingsResolver.Resolution.Resolved(var settings) ->
          ofSettings(worker, queue, settings, observed);
    };
  }

  private static WorkerAdmission ofSettings(
      TaskWorker worker, TaskQueue queue, QueueSettings settings, ObservedWorker observed) {
    return switch (observed.view()) {
      case BrokerView.Pending(var why) -> new Postponed(Verdict.pending("BrokerPending", why));
      case BrokerView.Hidden(var why) -> new Held(Verdict.notReady("BrokerUnreachable", why));
      case BrokerView.Visible _ when behind(queue) -> new Postponed(queueNotReady(queue));
      case BrokerView.Visible _ when refused(queue) -> new Held(queueNotReady(queue));
      case BrokerView.Visible view ->
          switch (Claims.of(queue, settings).topology(view.vhost())) {
            case QueueTopology.Choice.Differs _ -> new Held(queueNotReady(queue));
            case QueueTopology.Choice.Possible(var topology) ->
                ofTopology(worker, queue, topology, view, observed);
          };
    };
  }

  private static WorkerAdmission ofTopology(
      TaskWorker worker,
      TaskQueue queue,
      QueueTopology topology,
      BrokerView.Visible view,
      ObservedWorker observed) {
    try {
      var settings =
          WorkerSettingsResolver.resolve(worker, queue, observed.broker().orElseThrow(), topology);
      return settings
          .missingStore(observed.stores())
          .<WorkerAdmission>map(Wanting::new)
          .orElseGet(() -> new Admitted(settings, view));
    } catch (IllegalArgumentException e) {
      return new Held(Verdict.notReady("InvalidSpec", String.valueOf(e.getMessage())));
    }
  }

  /// Whether its spec changed since the broker was made to fit: a worker that ran ahead would find
  /// no delay queue for its retries.
  private static boolean behind(TaskQueue queue) {
    return !leaving(queue)
        && !Objects.equals(
            queue.getStatus().observedGeneration(), queue.getMetadata().getGeneration());
  }

  /// Whether the broker cannot be made to fit its spec.
  private static boolean refused(TaskQueue queue) {
    return !leaving(queue)
        && !SettingsResolver.paused(queue)
        && Conditions.find(queue.getStatus().conditions(), Verdict.READY)
            .filter(ready -> ready.getStatus().equals("True"))
            .isEmpty();
  }

  /// Whether it is being deleted, which may wait until its workers have emptied it.
  private static boolean leaving(TaskQueue queue) {
    return queue.getMetadata().getDeletionTimestamp() != null;
  }

  private static Verdict queueNotReady(TaskQueue queue) {
    var ready =
        Conditions.find(
            queue.getStatus() == null ? null : queue.getStatus().conditions(), Verdict.READY);
    var message =
        "TaskQueue '%s' is not ready: %s"
            .formatted(
                queue.getMetadata().getName(),
                ready.map(Condition::getMessage).orElse("not looked at yet"));
    return ready.filter(it -> it.getStatus().equals("False")).isPresent()
        ? Verdict.notReady("QueueNotReady", message)
        : Verdict.pending("QueueNotReady", message);
  }

  private static boolean foreign(TaskWorker worker, ObservedWorker observed) {
    return observed.deployment().filter(found -> !owns(worker, found)).isPresent();
  }

  /// Whether the object was made for this TaskWorker.
  static boolean owns(TaskWorker worker, HasMetadata found) {
    return found.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> owner.getUid().equals(worker.getMetadata().getUid()));
  }
}
