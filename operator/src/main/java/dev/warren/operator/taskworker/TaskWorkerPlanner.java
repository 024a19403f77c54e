package dev.warren.operator.taskworker;

import dev.warren.crds.TaskWorker;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.UserDifference;
import dev.warren.operator.resource.Credentials;
import dev.warren.operator.resource.Difference;
import dev.warren.operator.resource.Verdict;
import dev.warren.operator.scaling.Figures;
import dev.warren.operator.scaling.Held;
import dev.warren.operator.scaling.Memory;
import dev.warren.operator.scaling.Scaler;
import dev.warren.operator.scaling.Situation;
import dev.warren.operator.taskqueue.BrokerView;
import dev.warren.operator.topology.QueueSettings;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Decides what a TaskWorker needs. Pure.
///
/// @param overlap how long a former user of the fleet stays valid
record TaskWorkerPlanner(Duration overlap) {
  /// When to look again for what nothing tells of.
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

  TaskWorkerPlan plan(TaskWorker worker, ObservedWorker observed, Instant now) {
    try {
      return switch (WorkerAdmission.of(worker, observed)) {
        case WorkerAdmission.Admitted(var settings, var view) ->
            admitted(worker, settings, view, observed, now);
        case WorkerAdmission.Postponed(var verdict) ->
            worker.getStatus() == null || worker.getStatus().conditions() == null
                ? held(worker, verdict, observed, now, Optional.empty())
                : TaskWorkerPlan.nothing(worker.getStatus(), observed.memory(), Optional.empty());
        case WorkerAdmission.Held(var verdict) ->
            held(worker, verdict, observed, now, Optional.empty());
        case WorkerAdmission.Wanting(var verdict) ->
            held(worker, verdict, observed, now, Optional.of(LOOK_AGAIN));
        case WorkerAdmission.Stopped(var verdict) -> stopped(worker, verdict, observed, now);
      };
    } catch (IllegalArgumentException e) {
      return held(
          worker,
          Verdict.notReady("InvalidSpec", String.valueOf(e.getMessage())),
          observed,
          now,
          Optional.empty());
    }
  }

  /// Where to ask who holds tasks: present if the size depends on it.
  Optional<QueueSettings> queueToAskAbout(TaskWorker worker, ObservedWorker observed, Instant now) {
    try {
      if (WorkerAdmission.of(worker, observed)
          instanceof WorkerAdmission.Admitted(var settings, var view)) {
        var situation = situation(settings, view, observed, Optional.empty(), now);
        return Scaler.asksWhoHolds(settings.scaling(), situation, observed.memory())
            ? Optional.of(settings.queue())
            : Optional.empty();
      }
    } catch (IllegalArgumentException _) {
      // The plan says so.
    }
    return Optional.empty();
  }

  private TaskWorkerPlan admitted(
      TaskWorker worker,
      WorkerSettings settings,
      BrokerView.Visible view,
      ObservedWorker observed,
      Instant now) {
    var credentials = credentials(worker, observed, now);
    var present = new Fleet(observed.currentReplicas(), observed.pods());
    var occupancy = new Occupancy(present.staying(), observed.holdings());
    var situation = situation(settings, view, observed, occupancy.held(), now);
    var decision = Scaler.decide(settings.scaling(), situation, observed.memory());
    var marks = occupancy.marks(decision.wanted() < observed.currentReplicas(), now);
    var said = worker.getStatus();
    if (said != null && occupancy.isUnsettled(observed.currentReplicas(), decision.wanted(), now)) {
      return TaskWorkerPlan.marking(marks, said, decision, observed.memory());
    }
    var fleet = new Fleet(decision.wanted(), observed.pods());
    var configuration =
        settings
            .configuration(fleet.consuming())
            .map(
                shared ->
                    DesiredConfiguration.configMap(
                        worker, settings, shared, observed.configuration(), now));
    var deployment = DesiredDeployment.of(worker, settings, credentials, decision.wanted());
    var rollout = new Rollout(deployment, configuration, observed);
    var verdicts =
        fleet.verdicts(
            ConsumerTimeout.tooShort(
                settings.queue(), view.features().version(), observed.broker().orElseThrow()));
    return new TaskWorkerPlan(
        objects(worker, settings, view, credentials, observed, configuration, deployment),
        configuration
            .filter(desired -> Difference.exists(desired, observed.configuration()))
            .map(_ -> fleet.staying())
            .orElse(List.of()),
        marks,
        settings.queue().broker(),
        settings.queue().vhost(),
        changes(worker, settings, view, credentials, () -> rollout.isOver(now)),
        WorkerStatus.of(worker, verdicts, fleet, Optional.of(WorkerStatus.scaling(decision)), now),
        decision.inputs(),
        decision.memory(),
        earliest(
            List.of(
                decision.again(),
                rollout.again(now),
                credentials
                    .former()
                    .map(former -> Duration.between(now, former.since().plus(overlap))))));
  }

  private Credentials credentials(TaskWorker worker, ObservedWorker observed, Instant now) {
    var annotations = worker.getMetadata().getAnnotations();
    return Credentials.of(
        observed.secret(),
        WorkerSettings.userOf(worker),
        annotations == null ? "" : annotations.getOrDefault(Credentials.ROTATE, ""),
        observed.newPassword(),
        overlap,
        now);
  }

  /// @param settled tells whether no pod runs by former settings
  private static List<BrokerChange> changes(
      TaskWorker worker,
      WorkerSettings settings,
      BrokerView.Visible view,
      Credentials credentials,
      BooleanSupplier settled) {
    var users = view.vhost().users();
    var needed = DesiredAccess.permissions(settings.topology());
    var granted = users.permissions().getOrDefault(credentials.user(), needed);
    var changes =
        new ArrayList<>(
            UserDifference.changes(
                view.vhost(),
                credentials.user(),
                credentials.password(),
                granted.equals(needed) || settled.getAsBoolean()
                    ? needed
                    : DesiredAccess.permissions(settings.topology(), granted)));
    credentials
        .expired(WorkerSettings.userOf(worker))
        .filter(users::contains)
        .map(BrokerChange.DeleteUser::new)
        .ifPresent(changes::add);
    return changes;
  }

  private static Optional<Duration> earliest(List<Optional<Duration>> times) {
    return times.stream().flatMap(Optional::stream).min(Comparator.naturalOrder());
  }

  private static List<HasMetadata> objects(
      TaskWorker worker,
      WorkerSettings settings,
      BrokerView.Visible view,
      Credentials credentials,
      ObservedWorker observed,
      Optional<ConfigMap> configuration,
      Deployment deployment) {
    var objects = new ArrayList<HasMetadata>();
    var binding = view.clients().binding(settings.queue().vhost(), credentials, Optional.empty());
    var secret = DesiredAccess.secret(worker, settings, binding, credentials);
    if (Difference.exists(secret, observed.secret())
        || !credentials.heldBy(observed.secret(), WorkerSettings.userOf(worker))) {
      objects.add(secret);
    }
    configuration
        .filter(desired -> Difference.exists(desired, observed.configuration()))
        .ifPresent(objects::add);
    if (Difference.exists(deployment, observed.deployment())) {
      objects.add(deployment);
    }
    var budget = DesiredDisruptionBudget.of(worker, settings);
    if (Difference.exists(budget, observed.budget())) {
      objects.add(budget);
    }
    return objects;
  }

  private static TaskWorkerPlan held(
      TaskWorker worker,
      Verdict verdict,
      ObservedWorker observed,
      Instant now,
      Optional<Duration> again) {
    var fleet = new Fleet(observed.currentReplicas(), observed.pods());
    var scaling =
        observed
            .deployment()
            .map(found -> WorkerStatus.held(worker, fleet.wanted(), verdict.message()));
    return TaskWorkerPlan.nothing(
        WorkerStatus.of(worker, List.of(verdict), fleet, scaling, now), observed.memory(), again);
  }

  private static TaskWorkerPlan stopped(
      TaskWorker worker, Verdict verdict, ObservedWorker observed, Instant now) {
    var fleet = new Fleet(0, observed.pods());
    var scaling = WorkerStatus.stopped(verdict.message());
    return new TaskWorkerPlan(
        observed
            .deployment()
            .filter(found -> found.getSpec().getReplicas() > 0)
            .<List<HasMetadata>>map(found -> List.of(scaledToZero(found)))
            .orElse(List.of()),
        List.of(),
        List.of(),
        "",
        "",
        List.of(),
        WorkerStatus.of(worker, List.of(verdict), fleet, Optional.of(scaling), now),
        Optional.empty(),
        Memory.NONE,
        Optional.empty());
  }

  /// All that was applied before, so that applying it takes back nothing but the replicas.
  private static Deployment scaledToZero(Deployment found) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName(found.getMetadata().getName())
        .withNamespace(found.getMetadata().getNamespace())
        .withLabels(found.getMetadata().getLabels())
        .withAnnotations(found.getMetadata().getAnnotations())
        .withOwnerReferences(found.getMetadata().getOwnerReferences())
        .endMetadata()
        .withNewSpecLike(found.getSpec())
        .withReplicas(0)
        .endSpec()
        .build();
  }

  private static Situation situation(
      WorkerSettings settings,
      BrokerView.Visible view,
      ObservedWorker observed,
      Optional<Held> held,
      Instant now) {
    var figures = settings.topology().tasks().figures(view.vhost());
    return new Situation(
        Figures.of(view.vhost().readAt(), figures.ready(), figures.unacknowledged())
            .shared(observed.share()),
        new Fleet(observed.currentReplicas(), observed.pods()).counts(held),
        now);
  }
}
