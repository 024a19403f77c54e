package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskQueueStatus;
import dev.warren.model.BrokerBinding;
import dev.warren.model.BrokerNames;
import dev.warren.model.DurationText;
import dev.warren.operator.broker.QueueFigures;
import dev.warren.operator.broker.UserDifference;
import dev.warren.operator.resource.Conditions;
import dev.warren.operator.resource.Verdict;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides what a TaskQueue needs. Pure.
final class TaskQueuePlanner {
  private TaskQueuePlanner() {}

  static TaskQueuePlan plan(TaskQueue queue, ObservedQueue observed, Instant now) {
    if (SettingsResolver.paused(queue)) {
      return refusal(
          queue,
          Verdict.notReady(
              "Paused", "spec.paused is true: nothing is reconciled and the workers stand still"),
          now);
    }
    return switch (Admission.of(queue, observed)) {
      case Admission.Refused(var verdict) -> refusal(queue, verdict, now);
      case Admission.Postponed(var verdict) ->
          queue.getStatus() == null
              ? refusal(queue, verdict, now)
              : new TaskQueuePlan("", "", List.of(), Optional.empty(), queue.getStatus());
      case Admission.Admitted(var settings, var view) -> plan(queue, settings, view, observed, now);
    };
  }

  private static TaskQueuePlan plan(
      TaskQueue queue,
      QueueSettings settings,
      BrokerView.Visible view,
      ObservedQueue observed,
      Instant now) {
    var vhost = view.vhost();
    var claims =
        Claims.of(settings.vhost(), observed.broker().orElseThrow(), observed.neighbours());
    var topology = DesiredTopology.of(settings);
    var policies = DesiredPolicies.of(claims.settings(), view.version(), vhost);

    var changes = new ArrayList<>(TopologyDifference.changes(topology, policies, vhost));
    changes.addAll(
        TopologyDifference.staleBindings(
            settings.queue(), topology, boundExchanges(queue, settings), vhost));
    changes.addAll(
        UserDifference.changes(
            vhost,
            settings.publisher(),
            observed.publisherPassword(),
            DesiredPublisher.permissions(settings)));
    if (claims.complete()
        && observed.neighbours().stream().noneMatch(TaskQueuePlanner::hasWorkers)) {
      changes.addAll(TopologyDifference.staleLanes(claims.delayLanes(), vhost));
    }
    var binding = binding(settings, view, observed.publisherPassword());
    return new TaskQueuePlan(
        settings.broker(),
        settings.vhost(),
        changes,
        observed.secret().equals(Optional.of(binding.entries()))
            ? Optional.empty()
            : Optional.of(DesiredPublisher.secret(queue, settings, binding)),
        status(queue, settings, view, observed.readyWorkers(), now));
  }

  /// Whether pods consume it, which may still retry by the plan that they were started with.
  private static boolean hasWorkers(TaskQueue queue) {
    return queue.getStatus() != null
        && Objects.requireNonNullElse(queue.getStatus().workers(), 0) > 0;
  }

  /// The exchange of the spec, and the one that was bound before the spec changed.
  private static Set<String> boundExchanges(TaskQueue queue, QueueSettings settings) {
    var exchanges = new HashSet<String>();
    exchanges.add(settings.exchange().name());
    if (queue.getStatus() != null && queue.getStatus().exchange() != null) {
      exchanges.add(queue.getStatus().exchange());
    }
    return exchanges;
  }

  private static BrokerBinding binding(
      QueueSettings settings, BrokerView.Visible view, String password) {
    return new BrokerBinding(
        view.amqpHost(),
        view.amqpPort(),
        settings.vhost(),
        settings.publisher(),
        password,
        Optional.of(
            new BrokerBinding.Target(
                settings.exchange().name(), settings.routingKeys().getFirst())));
  }

  private static TaskQueueStatus status(
      TaskQueue queue, QueueSettings settings, BrokerView.Visible view, int workers, Instant now) {
    var figures = view.vhost().figuresOf(settings.queue());
    var deadLetters = view.vhost().figuresOf(BrokerNames.deadLetterQueue(settings.queue()));
    var verdict =
        Verdict.ready(
            "Reconciled",
            "queue '%s' is in vhost '%s'".formatted(settings.queue(), settings.vhost()));
    return new TaskQueueStatus(
        queue.getMetadata().getGeneration(),
        Conditions.of(
            List.of(verdict), conditions(queue), queue.getMetadata().getGeneration(), now),
        settings.queue(),
        settings.vhost(),
        settings.exchange().name(),
        boxed(figures.ready()),
        boxed(figures.unacknowledged()),
        boxed(deadLetters.total()),
        workers,
        settings.retry().schedule().stream().map(DurationText::format).toList(),
        new TaskQueueStatus.Binding(settings.bindingSecret()));
  }

  /// The status of a TaskQueue that is being deleted and waits.
  static TaskQueueStatus deleting(
      TaskQueue queue, List<Verdict> verdicts, ObservedQueue observed, Instant now) {
    var was = Objects.requireNonNullElse(queue.getStatus(), TaskQueueStatus.EMPTY);
    var name = was.queueName();
    if (name != null && observed.view() instanceof BrokerView.Visible view) {
      return status(
          queue,
          verdicts,
          view.vhost().figuresOf(name),
          view.vhost().figuresOf(BrokerNames.deadLetterQueue(name)),
          now);
    }
    return status(queue, verdicts, QueueFigures.UNKNOWN, QueueFigures.UNKNOWN, now);
  }

  /// The status of a TaskQueue for which nothing could be done.
  static TaskQueueStatus failed(TaskQueue queue, Verdict verdict, Instant now) {
    return status(queue, List.of(verdict), QueueFigures.UNKNOWN, QueueFigures.UNKNOWN, now);
  }

  private static TaskQueuePlan refusal(TaskQueue queue, Verdict verdict, Instant now) {
    return new TaskQueuePlan("", "", List.of(), Optional.empty(), failed(queue, verdict, now));
  }

  /// Keeps what was known of the queue but for its figures.
  private static TaskQueueStatus status(
      TaskQueue queue,
      List<Verdict> verdicts,
      QueueFigures figures,
      QueueFigures deadLetters,
      Instant now) {
    var was = Objects.requireNonNullElse(queue.getStatus(), TaskQueueStatus.EMPTY);
    var generation = queue.getMetadata().getGeneration();
    return new TaskQueueStatus(
        generation,
        Conditions.of(verdicts, was.conditions(), generation, now),
        was.queueName(),
        was.vhost(),
        was.exchange(),
        boxed(figures.ready()),
        boxed(figures.unacknowledged()),
        boxed(deadLetters.total()),
        was.workers(),
        was.retryDelays(),
        was.binding());
  }

  private static @Nullable List<Condition> conditions(TaskQueue queue) {
    return queue.getStatus() == null ? null : queue.getStatus().conditions();
  }

  private static @Nullable Long boxed(OptionalLong value) {
    return value.isPresent() ? (Long) value.getAsLong() : null;
  }
}
