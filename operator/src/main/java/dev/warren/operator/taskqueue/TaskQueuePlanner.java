package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskQueueStatus;
import dev.warren.model.BrokerBinding;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.UserDifference;
import dev.warren.operator.broker.VhostSnapshot;
import dev.warren.operator.resource.Conditions;
import dev.warren.operator.resource.Credentials;
import dev.warren.operator.resource.SecretEntries;
import dev.warren.operator.resource.Verdict;
import dev.warren.operator.topology.PolicyCheck;
import dev.warren.operator.topology.QueueTopology;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides what a TaskQueue needs. Pure.
///
/// @param overlap how long a former user of a binding stays valid
record TaskQueuePlanner(Duration overlap) {
  /// How long a queue must show no message before it is believed: longer than a broker takes to
  /// count (5 s by default).
  static final Duration SETTLING = Duration.ofSeconds(10);

  private static final Duration MIGRATION_CHECK = Duration.ofSeconds(2);

  private static final Verdict PAUSED =
      Verdict.notReady(
          "Paused", "spec.paused is true: nothing is reconciled and the workers stand still");

  TaskQueuePlan plan(TaskQueue queue, ObservedQueue observed, Instant now) {
    if (SettingsResolver.paused(queue)) {
      return TaskQueuePlan.nothing(
          QueueStatus.failed(queue, List.of(PAUSED, PAUSED.progressing(false)), now));
    }
    return switch (Admission.of(queue, observed)) {
      case Admission.Refused(var verdict) ->
          TaskQueuePlan.nothing(QueueStatus.failed(queue, List.of(verdict), now));
      case Admission.OutOfReach(var verdict) ->
          TaskQueuePlan.nothing(QueueStatus.failed(queue, List.of(verdict), now));
      case Admission.Postponed(var verdict) ->
          TaskQueuePlan.nothing(
              queue.getStatus() == null || queue.getStatus().conditions() == null
                  ? QueueStatus.failed(queue, List.of(verdict), now)
                  : queue.getStatus());
      case Admission.Admitted admitted -> {
        var plan = plan(queue, admitted, observed, now);
        yield Annotations.observesOnly(queue) ? observing(queue, plan, now) : plan;
      }
    };
  }

  private TaskQueuePlan plan(
      TaskQueue queue, Admission.Admitted admitted, ObservedQueue observed, Instant now) {
    var topology = admitted.topology();
    var settings = admitted.settings();
    var vhost = admitted.view().vhost();
    var version = admitted.view().features().version();
    var credentials = credentials(queue, admitted, observed, now);
    var migration = migration(queue, admitted, now);

    var changes = new ArrayList<>(topology.changes(vhost, formerExchange(queue)));
    changes.addAll(
        UserDifference.changes(
            vhost,
            credentials.user(),
            credentials.password(),
            DesiredPublisher.permissions(settings)));
    credentials
        .expired(settings.publisher())
        .filter(vhost.users()::contains)
        .map(BrokerChange.DeleteUser::new)
        .ifPresent(changes::add);
    changes.addAll(finishedMigration(topology, migration, now));
    var policies = !PolicyCheck.inEffect(topology, version, vhost);
    var binding = binding(queue, admitted, observed, credentials);
    return new TaskQueuePlan(
        settings.broker(),
        settings.vhost(),
        policies,
        changes,
        binding,
        repairs(queue, topology, inBroker(changes, binding), policies),
        QueueStatus.of(
            queue,
            topology,
            withDeclared(vhost, changes),
            verdicts(queue, admitted),
            migration,
            observed.readyWorkers(),
            now),
        again(migration, credentials, now));
  }

  /// With what is in the queues that are about to be declared: nothing.
  private static VhostSnapshot withDeclared(VhostSnapshot vhost, List<BrokerChange> changes) {
    var declared = vhost;
    for (var change : changes) {
      if (change instanceof BrokerChange.DeclareQueue) {
        declared = declared.with(change);
      }
    }
    return declared;
  }

  private Credentials credentials(
      TaskQueue queue, Admission.Admitted admitted, ObservedQueue observed, Instant now) {
    return Credentials.of(
        observed.secret(),
        admitted.settings().publisher(),
        Annotations.get(queue, Credentials.ROTATE).orElse(""),
        observed.newPassword(),
        overlap,
        now);
  }

  private static Optional<Secret> binding(
      TaskQueue queue,
      Admission.Admitted admitted,
      ObservedQueue observed,
      Credentials credentials) {
    var settings = admitted.settings();
    var target =
        new BrokerBinding.Target(
            settings.exchange().name(), settings.routes().getFirst().routingKey());
    var binding =
        admitted.view().clients().binding(settings.vhost(), credentials, Optional.of(target));
    var desired = DesiredPublisher.secret(queue, settings, binding, credentials);
    return observed
            .secret()
            .filter(found -> SecretEntries.of(found).equals(binding.entries()))
            .filter(_ -> credentials.heldBy(observed.secret(), settings.publisher()))
            .isPresent()
        ? Optional.empty()
        : Optional.of(desired);
  }

  private static TaskQueueStatus.@Nullable Migration migration(
      TaskQueue queue, Admission.Admitted admitted, Instant now) {
    var topology = admitted.topology();
    var to = topology.tasks().others().isEmpty() ? topology.deadLetters() : topology.tasks();
    return topology
        .retired()
        .map(
            retired ->
                QueueStatus.migration(queue, retired, to.target(), admitted.view().vhost(), now))
        .orElse(null);
  }

  private static List<BrokerChange> finishedMigration(
      QueueTopology topology, TaskQueueStatus.@Nullable Migration migration, Instant now) {
    return migration != null
            && migration.emptySince() != null
            && !now.isBefore(Instant.parse(migration.emptySince()).plus(SETTLING))
        ? topology.retired().map(topology::delete).orElse(List.of())
        : List.of();
  }

  /// The exchange that was bound before the spec changed.
  private static Optional<String> formerExchange(TaskQueue queue) {
    return Optional.ofNullable(queue.getStatus()).map(TaskQueueStatus::exchange);
  }

  private static List<Verdict> verdicts(TaskQueue queue, Admission.Admitted admitted) {
    var topology = admitted.topology();
    var settings = admitted.settings();
    var verdicts = new ArrayList<Verdict>();
    verdicts.add(
        Verdict.ready(
            "Reconciled",
            "queue '%s' is in vhost '%s'".formatted(settings.queue(), settings.vhost())));
    Migrations.verdict(queue, topology).ifPresent(verdicts::add);
    var overridden =
        PolicyCheck.overridden(
            topology, admitted.view().features().version(), admitted.view().vhost());
    if (!overridden.isEmpty()) {
      verdicts.add(Verdict.degraded("PolicyOverridden", String.join("; ", overridden)));
    }
    return verdicts;
  }

  /// Without the user whose password is a new one of Warren's own.
  private static List<BrokerChange> inBroker(List<BrokerChange> changes, Optional<Secret> binding) {
    return binding.isEmpty()
        ? changes
        : changes.stream()
            .filter(
                change ->
                    !(change instanceof BrokerChange.PutUser
                        || change instanceof BrokerChange.PutPermissions))
            .toList();
  }

  /// What must have been changed by somebody else: all was in order for this very spec, and no
  /// change of Warren's own is under way.
  private static List<String> repairs(
      TaskQueue queue, QueueTopology topology, List<BrokerChange> changes, boolean policies) {
    var status = queue.getStatus();
    if (status == null
        || !topology.tasks().others().isEmpty()
        || !Objects.equals(status.observedGeneration(), queue.getMetadata().getGeneration())
        || !Conditions.holds(status.conditions(), Verdict.READY)) {
      return List.of();
    }
    var found = new ArrayList<>(Drift.of(changes));
    if (policies) {
      found.add("the policies of queue '%s' differ".formatted(topology.settings().queue()));
    }
    return found;
  }

  private Optional<Duration> again(
      TaskQueueStatus.@Nullable Migration migration, Credentials credentials, Instant now) {
    return migration != null
        ? Optional.of(MIGRATION_CHECK)
        : credentials.former().map(former -> Duration.between(now, former.since().plus(overlap)));
  }

  /// Says what would be done, and does nothing.
  private static TaskQueuePlan observing(TaskQueue queue, TaskQueuePlan plan, Instant now) {
    var found = new ArrayList<>(Drift.of(plan.changes()));
    if (plan.policies()) {
      found.add("the policies of queue '%s' differ".formatted(SettingsResolver.queueOf(queue)));
    }
    var verdict =
        found.isEmpty()
            ? Verdict.ready(
                "Observed", "all is as it should be; nothing is repaired while it is only observed")
            : Verdict.notReady(
                "Drift",
                "%s; remove the annotation %s to have it repaired"
                    .formatted(Drift.text(found), Annotations.RECONCILE));
    return TaskQueuePlan.nothing(QueueStatus.observed(queue, plan.status(), verdict, now));
  }
}
