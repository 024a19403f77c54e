package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskQueue;
import dev.warren.model.DelayLane;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.BrokerException;
import dev.warren.operator.broker.Queue;
import dev.warren.operator.broker.VhostSnapshot;
import dev.warren.operator.resource.Conditions;
import dev.warren.operator.resource.Credentials;
import dev.warren.operator.resource.Failures;
import dev.warren.operator.resource.Verdict;
import dev.warren.operator.topology.QueueSettings;
import dev.warren.operator.topology.QueueTopology;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Decides how a TaskQueue that is being deleted leaves the broker. Pure.
///
/// Whether anything was ever made for it is known from its status: a queue that it never owned is
/// never touched. Nor is anything while it is only observed.
final class TaskQueueDeletionPlanner {
  /// How long an unreachable broker is waited for, so that a namespace can always be deleted.
  static final Duration PATIENCE = Duration.ofMinutes(2);

  /// How long a queue that holds messages keeps its namespace from being deleted, in which nobody
  /// will consume them.
  static final Duration NAMESPACE_PATIENCE = Duration.ofSeconds(40);

  private TaskQueueDeletionPlanner() {}

  static DeletionPlan plan(TaskQueue queue, ObservedQueue observed, Instant now) {
    if (queue.getStatus() == null
        || queue.getStatus().queueName() == null
        || Annotations.observesOnly(queue)) {
      return new DeletionPlan.Finish("", "", List.of());
    }
    return switch (Admission.ofLeaving(queue, observed)) {
      case Admission.Admitted admitted ->
          observed.namespaceTerminating() && waitedFor(queue, NAMESPACE_PATIENCE, now)
              ? abandoned(admitted.settings())
              : plan(queue, admitted, now);
      case Admission.Postponed(var verdict) ->
          waitedFor(queue, PATIENCE, now)
              ? outOfReach(queue, verdict, now)
              : new DeletionPlan.Wait("", "", List.of(), said(queue));
      case Admission.OutOfReach(var verdict) -> outOfReach(queue, verdict, now);
      case Admission.Refused(var verdict) -> notOwned(queue, verdict);
    };
  }

  /// What the status says already: an operator that has just started does not begin to wait anew.
  private static List<Verdict> said(TaskQueue queue) {
    return Conditions.verdicts(queue.getStatus().conditions());
  }

  /// What is left to do when the broker did not do its part.
  static DeletionPlan failed(TaskQueue queue, BrokerException failure, Instant now) {
    return outOfReach(queue, Failures.verdict(failure), now);
  }

  private static DeletionPlan outOfReach(TaskQueue queue, Verdict verdict, Instant now) {
    if (!waitedFor(queue, PATIENCE, now)) {
      return new DeletionPlan.Wait("", "", List.of(), List.of(verdict));
    }
    return new DeletionPlan.Abandon(
        "",
        "",
        List.of(),
        "queue '%s' stays in RabbitMQ, because it could not be deleted in time: %s"
            .formatted(queue.getStatus().queueName(), verdict.message()));
  }

  /// What is not this TaskQueue's, or cannot be told from its spec to be, is not waited for.
  private static DeletionPlan notOwned(TaskQueue queue, Verdict verdict) {
    var metadata = queue.getMetadata();
    return new DeletionPlan.Abandon(
        SettingsResolver.brokerOf(queue),
        Objects.requireNonNullElse(queue.getStatus().vhost(), ""),
        deleteUsers(QueueSettings.publisherOf(metadata.getNamespace(), metadata.getName())),
        "queue '%s' stays in RabbitMQ: %s"
            .formatted(queue.getStatus().queueName(), verdict.message()));
  }

  private static DeletionPlan abandoned(QueueSettings settings) {
    return new DeletionPlan.Abandon(
        settings.broker(),
        settings.vhost(),
        deleteUsers(settings.publisher()),
        "queue '%s' stays in vhost '%s' with the messages it holds, because its namespace is being deleted"
            .formatted(settings.queue(), settings.vhost()));
  }

  private static boolean waitedFor(TaskQueue queue, Duration patience, Instant now) {
    var since = Instant.parse(queue.getMetadata().getDeletionTimestamp());
    return !now.isBefore(since.plus(patience));
  }

  private static DeletionPlan plan(TaskQueue queue, Admission.Admitted admitted, Instant now) {
    var settings = admitted.settings();
    return switch (settings.deletionPolicy()) {
      case Retain -> finish(settings, Stream.of());
      case Delete -> finish(settings, deletion(admitted.topology(), admitted.view().vhost()));
      case DeleteIfEmpty -> deleteIfEmpty(queue, admitted, now);
    };
  }

  private static Stream<BrokerChange> deletion(QueueTopology topology, VhostSnapshot vhost) {
    return Stream.concat(
        topology.present(vhost).stream().map(it -> new BrokerChange.DeleteQueue(it.name())),
        topology.deleteExchanges(vhost).stream());
  }

  private static DeletionPlan deleteIfEmpty(
      TaskQueue resource, Admission.Admitted admitted, Instant now) {
    var topology = admitted.topology();
    var settings = admitted.settings();
    var vhost = admitted.view().vhost();
    var present = topology.present(vhost);
    if (present.isEmpty()) {
      return finish(settings, topology.deleteExchanges(vhost).stream());
    }
    // First the way in, so that what is found empty stays empty. Retries on their way still find
    // back.
    var closing = topology.closeIntake(vhost);
    if (present.stream().anyMatch(it -> vhost.figuresOf(it.name()).total().orElse(1) > 0)) {
      return wait(settings, closing, waitingUntilEmpty(present), false);
    }
    var emptySince = emptySince(resource);
    if (!closing.isEmpty()
        || migrating(resource)
        || emptySince.isEmpty()
        || !settled(emptySince.get(), settings, vhost, now)) {
      return wait(
          settings,
          closing,
          Verdict.notReady(
              "Draining",
              "deletion waits for retries that may still be on their way to '%s'"
                  .formatted(settings.queue())),
          !migrating(resource));
    }
    var deletions = present.stream().<BrokerChange>map(BrokerChange.DeleteEmptyQueue::new).toList();
    return wait(
        settings,
        deletions,
        Verdict.notReady("Deleting", "the empty queues are being deleted"),
        true);
  }

  private static Verdict waitingUntilEmpty(List<Queue> present) {
    return Verdict.notReady(
        DeletionPlan.WAITING_UNTIL_EMPTY,
        "deletion waits until no message is left in %s; consume or purge them, or set spec.deletionPolicy to Delete"
            .formatted(
                present.stream()
                    .map(queue -> "'%s'".formatted(queue.name()))
                    .collect(Collectors.joining(" and "))));
  }

  /// Empty long enough, and no retry can come back: no delay lane holds a task, or the longest one
  /// has run out.
  private static boolean settled(
      Instant emptySince, QueueSettings settings, VhostSnapshot vhost, Instant now) {
    var lanes = settings.delayLanes();
    var lanesEmpty =
        lanes.stream().allMatch(lane -> vhost.figuresOf(lane.name()).total().orElse(1) == 0);
    var longest = lanes.stream().map(DelayLane::timeToLive).max(Comparator.naturalOrder());
    var patience =
        lanesEmpty
            ? TaskQueuePlanner.SETTLING
            : TaskQueuePlanner.SETTLING.plus(longest.orElse(Duration.ZERO));
    return !now.isBefore(emptySince.plus(patience));
  }

  private static Optional<Instant> emptySince(TaskQueue queue) {
    return Conditions.find(queue.getStatus().conditions(), Verdict.PROGRESSING)
        .filter(condition -> condition.getStatus().equals("True"))
        .map(condition -> Instant.parse(condition.getLastTransitionTime()));
  }

  /// Whether the time of the condition is that of a migration, which ended in the deletion.
  private static boolean migrating(TaskQueue queue) {
    return Conditions.find(queue.getStatus().conditions(), Verdict.PROGRESSING)
        .filter(condition -> condition.getReason().equals(Migrations.MIGRATING))
        .isPresent();
  }

  private static DeletionPlan finish(QueueSettings settings, Stream<BrokerChange> changes) {
    return new DeletionPlan.Finish(
        settings.broker(),
        settings.vhost(),
        Stream.concat(changes, deleteUsers(settings.publisher()).stream()).toList());
  }

  private static List<BrokerChange> deleteUsers(String publisher) {
    return Credentials.names(publisher).stream()
        .<BrokerChange>map(BrokerChange.DeleteUser::new)
        .toList();
  }

  /// @param empty since when, is known from the time of the condition `Progressing`
  private static DeletionPlan wait(
      QueueSettings settings, List<BrokerChange> changes, Verdict verdict, boolean empty) {
    return new DeletionPlan.Wait(
        settings.broker(), settings.vhost(), changes, List.of(verdict, verdict.progressing(empty)));
  }
}
