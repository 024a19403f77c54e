package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskQueue;
import dev.warren.model.BrokerNames;
import dev.warren.model.DelayLane;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.VhostSnapshot;
import dev.warren.operator.resource.Conditions;
import dev.warren.operator.resource.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Decides how a TaskQueue that is being deleted leaves the broker. Pure.
///
/// Whether anything was ever made for it is known from its status: a queue that it never owned is
/// never touched.
final class TaskQueueDeletionPlanner {
  /// How long an unreachable broker is waited for, so that a namespace can always be deleted.
  static final Duration PATIENCE = Duration.ofMinutes(2);

  /// How long a queue that holds messages keeps its namespace from being deleted, in which nobody
  /// will consume them.
  static final Duration NAMESPACE_PATIENCE = Duration.ofSeconds(40);

  /// How long a queue must show no message before it is believed: longer than a broker takes to
  /// count (5 s by default).
  static final Duration SETTLING = Duration.ofSeconds(10);

  private TaskQueueDeletionPlanner() {}

  static DeletionPlan plan(TaskQueue queue, ObservedQueue observed, Instant now) {
    if (queue.getStatus() == null || queue.getStatus().queueName() == null) {
      return new DeletionPlan.Finish("", "", List.of());
    }
    return switch (Admission.of(queue, observed)) {
      case Admission.Admitted(var settings, var view) ->
          observed.namespaceTerminating() && waitedFor(queue, NAMESPACE_PATIENCE, now)
              ? abandoned(settings)
              : plan(queue, settings, view, now);
      case Admission.Postponed(var verdict) -> outOfReach(queue, verdict, now);
      case Admission.Refused(var verdict) -> outOfReach(queue, verdict, now);
    };
  }

  private static DeletionPlan outOfReach(TaskQueue queue, Verdict verdict, Instant now) {
    if (!waitedFor(queue, PATIENCE, now)) {
      return new DeletionPlan.Wait("", "", List.of(), List.of(verdict));
    }
    return new DeletionPlan.Abandon(
        "",
        "",
        List.of(),
        "queue '%s' stays in RabbitMQ, because it could not be reached for deletion: %s"
            .formatted(queue.getStatus().queueName(), verdict.message()));
  }

  private static DeletionPlan abandoned(QueueSettings settings) {
    return new DeletionPlan.Abandon(
        settings.broker(),
        settings.vhost(),
        List.of(new BrokerChange.DeleteUser(settings.publisher())),
        "queue '%s' stays in vhost '%s' with the messages it holds, because its namespace is being deleted"
            .formatted(settings.queue(), settings.vhost()));
  }

  private static boolean waitedFor(TaskQueue queue, Duration patience, Instant now) {
    var since = Instant.parse(queue.getMetadata().getDeletionTimestamp());
    return !now.isBefore(since.plus(patience));
  }

  private static DeletionPlan plan(
      TaskQueue queue, QueueSettings settings, BrokerView.Visible view, Instant now) {
    var deleteUser = new BrokerChange.DeleteUser(settings.publisher());
    var deadLetters = BrokerNames.deadLetterQueue(settings.queue());
    return switch (settings.deletionPolicy()) {
      case Retain -> finish(settings, List.of(deleteUser));
      case Delete ->
          finish(
              settings,
              List.of(
                  new BrokerChange.DeleteQueue(settings.queue()),
                  new BrokerChange.DeleteQueue(deadLetters),
                  deleteUser));
      case DeleteIfEmpty -> deleteIfEmpty(queue, settings, view.vhost(), deadLetters, now);
    };
  }

  private static DeletionPlan deleteIfEmpty(
      TaskQueue resource,
      QueueSettings settings,
      VhostSnapshot vhost,
      String deadLetters,
      Instant now) {
    var present = present(vhost, settings.queue(), deadLetters);
    if (present.isEmpty()) {
      return finish(settings, List.of(new BrokerChange.DeleteUser(settings.publisher())));
    }
    // First the way in, so that what is found empty stays empty. Retries on their way still find
    // back.
    var closing = closeIntake(settings, vhost);
    if (present.stream().anyMatch(name -> vhost.figuresOf(name).total().orElse(1) > 0)) {
      return wait(
          settings,
          closing,
          "WaitingUntilEmpty",
          "deletion waits until no message is left in '%s' and '%s'; consume or purge them, or set spec.deletionPolicy to"
                  .formatted(settings.queue(), deadLetters)
              + " Delete",
          false);
    }
    var emptySince = emptySince(resource);
    if (!closing.isEmpty()
        || emptySince.isEmpty()
        || !settled(emptySince.get(), settings, vhost, now)) {
      return wait(
          settings,
          closing,
          "Draining",
          "deletion waits for retries that may still be on their way to '%s'"
              .formatted(settings.queue()),
          true);
    }
    var deletions = new ArrayList<BrokerChange>();
    present.forEach(
        name ->
            deletions.add(
                new BrokerChange.DeleteEmptyQueue(
                    Objects.requireNonNull(vhost.queues().get(name)))));
    return wait(settings, deletions, "Deleting", "the empty queues are being deleted", true);
  }

  private static List<String> present(VhostSnapshot vhost, String... names) {
    return List.of(names).stream().filter(vhost.queues()::containsKey).toList();
  }

  private static List<BrokerChange> closeIntake(QueueSettings settings, VhostSnapshot vhost) {
    return vhost.bindings().stream()
        .filter(binding -> binding.queue().equals(settings.queue()))
        .filter(binding -> !binding.exchange().equals(BrokerNames.RETURN_EXCHANGE))
        .<BrokerChange>map(BrokerChange.Unbind::new)
        .toList();
  }

  /// Empty long enough, and no retry can come back: no delay lane holds a task, or the longest one
  /// has run out.
  private static boolean settled(
      Instant emptySince, QueueSettings settings, VhostSnapshot vhost, Instant now) {
    var lanes = settings.delayLanes();
    var lanesEmpty =
        lanes.stream().allMatch(lane -> vhost.figuresOf(lane.name()).total().orElse(1) == 0);
    var longest = lanes.stream().map(DelayLane::timeToLive).max(Comparator.naturalOrder());
    var patience = lanesEmpty ? SETTLING : SETTLING.plus(longest.orElse(Duration.ZERO));
    return !now.isBefore(emptySince.plus(patience));
  }

  private static Optional<Instant> emptySince(TaskQueue queue) {
    return Conditions.find(queue.getStatus().conditions(), Verdict.PROGRESSING)
        .filter(condition -> condition.getStatus().equals("True"))
        .map(condition -> Instant.parse(condition.getLastTransitionTime()));
  }

  private static DeletionPlan finish(QueueSettings settings, List<BrokerChange> changes) {
    return new DeletionPlan.Finish(settings.broker(), settings.vhost(), changes);
  }

  private static DeletionPlan wait(
      QueueSettings settings,
      List<BrokerChange> changes,
      String reason,
      String message,
      boolean empty) {
    return new DeletionPlan.Wait(
        settings.broker(),
        settings.vhost(),
        changes,
        List.of(
            Verdict.notReady(reason, message),
            new Verdict(Verdict.PROGRESSING, empty, reason, message)));
  }
}
