package dev.warren.operator.taskworker;

import dev.warren.crds.TaskWorker;
import dev.warren.crds.TaskWorkerStatus;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.QueueFigures;
import dev.warren.operator.broker.UserDifference;
import dev.warren.operator.resource.Conditions;
import dev.warren.operator.resource.Credentials;
import dev.warren.operator.resource.Difference;
import dev.warren.operator.resource.Labels;
import dev.warren.operator.resource.Verdict;
import dev.warren.operator.scaling.Decision;
import dev.warren.operator.scaling.Scaler;
import dev.warren.operator.scaling.Situation;
import dev.warren.operator.taskqueue.BrokerView;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Decides what a TaskWorker needs. Pure.
///
/// @param overlap how long a former user of the fleet stays valid
record TaskWorkerPlanner(Duration overlap) {
  TaskWorkerPlan plan(TaskWorker worker, ObservedWorker observed, Instant now) {
    try {
      return switch (WorkerAdmission.of(worker, observed)) {
        case WorkerAdmission.Admitted(var settings, var view) ->
            admitted(worker, settings, view, observed, now);
        case WorkerAdmission.Postponed(var verdict) ->
            worker.getStatus() == null
                ? held(worker, verdict, observed, now)
                : new TaskWorkerPlan(
                    List.of(), "", "", List.of(), worker.getStatus(), Optional.empty());
        case WorkerAdmission.Held(var verdict) -> held(worker, verdict, observed, now);
        case WorkerAdmission.Stopped(var verdict) -> stopped(worker, verdict, observed, now);
      };
    } catch (IllegalArgumentException e) {
      return held(
          worker, Verdict.notReady("InvalidSpec", String.valueOf(e.getMessage())), observed, now);
    }
  }

  private TaskWorkerPlan admitted(
      TaskWorker worker,
      WorkerSettings settings,
      BrokerView.Visible view,
      ObservedWorker observed,
      Instant now) {
    var credentials = credentials(worker, observed, now);
    var figures = settings.topology().tasks().figures(view.vhost());
    var decision = Scaler.decide(settings.scaling(), situation(worker, observed, figures), now);
    var fleet = new Fleet(decision.wanted(), observed.pods());
    return new TaskWorkerPlan(
        objects(worker, settings, view, credentials, observed, decision.wanted()),
        settings.queue().broker(),
        settings.queue().vhost(),
        changes(worker, settings, view, credentials),
        status(worker, fleet.verdicts(), fleet, Optional.of(scaling(decision)), now),
        earliest(
            decision.again(),
            credentials
                .former()
                .map(former -> Duration.between(now, former.since().plus(overlap)))));
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

  private static List<BrokerChange> changes(
      TaskWorker worker,
      WorkerSettings settings,
      BrokerView.Visible view,
      Credentials credentials) {
    var users = view.vhost().users();
    var changes =
        new ArrayList<>(
            UserDifference.changes(
                view.vhost(),
                credentials.user(),
                credentials.password(),
                DesiredAccess.permissions(settings.topology())));
    credentials
        .expired(WorkerSettings.userOf(worker))
        .filter(users::contains)
        .map(BrokerChange.DeleteUser::new)
        .ifPresent(changes::add);
    return changes;
  }

  private static Optional<Duration> earliest(Optional<Duration> one, Optional<Duration> other) {
    return Stream.concat(one.stream(), other.stream()).min(Comparator.naturalOrder());
  }

  private static List<HasMetadata> objects(
      TaskWorker worker,
      WorkerSettings settings,
      BrokerView.Visible view,
      Credentials credentials,
      ObservedWorker observed,
      int replicas) {
    var objects = new ArrayList<HasMetadata>();
    var binding = view.clients().binding(settings.queue().vhost(), credentials, Optional.empty());
    var secret = DesiredAccess.secret(worker, settings, binding, credentials);
    if (Difference.exists(secret, observed.secret())
        || !credentials.heldBy(observed.secret(), WorkerSettings.userOf(worker))) {
      objects.add(secret);
    }
    settings
        .configuration()
        .map(configuration -> DesiredConfiguration.configMap(worker, settings, configuration))
        .filter(desired -> Difference.exists(desired, observed.configuration()))
        .ifPresent(objects::add);
    var deployment = DesiredDeployment.of(worker, settings, credentials, replicas);
    if (Difference.exists(deployment, observed.deployment())) {
      objects.add(deployment);
    }
    return objects;
  }

  private static TaskWorkerPlan held(
      TaskWorker worker, Verdict verdict, ObservedWorker observed, Instant now) {
    var fleet = new Fleet(observed.currentReplicas(), observed.pods());
    var scaling =
        observed
            .deployment()
            .map(
                found ->
                    new TaskWorkerStatus.Scaling(
                        fleet.wanted(), "holding: " + verdict.message(), null));
    return new TaskWorkerPlan(
        List.of(),
        "",
        "",
        List.of(),
        status(worker, List.of(verdict), fleet, scaling, now),
        Optional.empty());
  }

  private static TaskWorkerPlan stopped(
      TaskWorker worker, Verdict verdict, ObservedWorker observed, Instant now) {
    var fleet = new Fleet(0, observed.pods());
    var scaling = new TaskWorkerStatus.Scaling(0, "0: " + verdict.message(), null);
    return new TaskWorkerPlan(
        observed
            .deployment()
            .filter(found -> found.getSpec().getReplicas() > 0)
            .<List<HasMetadata>>map(found -> List.of(scaledToZero(found)))
            .orElse(List.of()),
        "",
        "",
        List.of(),
        status(worker, List.of(verdict), fleet, Optional.of(scaling), now),
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
      TaskWorker worker, ObservedWorker observed, QueueFigures figures) {
    var lowerSince =
        Optional.ofNullable(worker.getStatus())
            .map(TaskWorkerStatus::scaling)
            .map(TaskWorkerStatus.Scaling::lowerSince)
            .map(Instant::parse);
    return new Situation(
        figures.ready(), figures.unacknowledged(), observed.currentReplicas(), lowerSince);
  }

  private static TaskWorkerStatus.Scaling scaling(Decision decision) {
    return new TaskWorkerStatus.Scaling(
        decision.wanted(),
        decision.reason(),
        decision
            .lowerSince()
            .map(since -> since.truncatedTo(ChronoUnit.MILLIS).toString())
            .orElse(null));
  }

  /// The status of a TaskWorker for which nothing could be done.
  static TaskWorkerStatus failed(TaskWorker worker, Verdict verdict, Instant now) {
    var was = worker.getStatus();
    var generation = worker.getMetadata().getGeneration();
    return new TaskWorkerStatus(
        generation,
        Conditions.of(List.of(verdict), was == null ? null : was.conditions(), generation, now),
        was == null ? null : was.replicas(),
        was == null ? null : was.readyReplicas(),
        selector(worker),
        was == null ? null : was.scaling());
  }

  private static TaskWorkerStatus status(
      TaskWorker worker,
      List<Verdict> verdicts,
      Fleet fleet,
      Optional<TaskWorkerStatus.Scaling> scaling,
      Instant now) {
    var before = worker.getStatus() == null ? null : worker.getStatus().conditions();
    var generation = worker.getMetadata().getGeneration();
    return new TaskWorkerStatus(
        generation,
        Conditions.of(verdicts, before, generation, now),
        fleet.pods().size(),
        fleet.ready(),
        selector(worker),
        scaling.orElse(null));
  }

  private static String selector(TaskWorker worker) {
    return Labels.ofWorker(worker.getMetadata().getName()).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(","));
  }
}
