package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskQueueStatus;
import dev.warren.model.DurationText;
import dev.warren.operator.broker.QueueFigures;
import dev.warren.operator.broker.VhostSnapshot;
import dev.warren.operator.resource.Conditions;
import dev.warren.operator.resource.Verdict;
import dev.warren.operator.topology.Generation;
import dev.warren.operator.topology.QueueTopology;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Makes statuses of TaskQueues. Pure.
final class QueueStatus {
  private QueueStatus() {}

  /// Of one whose queue is, or will be at once, as it should be.
  static TaskQueueStatus of(
      TaskQueue queue,
      QueueTopology topology,
      VhostSnapshot vhost,
      List<Verdict> verdicts,
      TaskQueueStatus.@Nullable Migration migration,
      int workers,
      Instant now) {
    var settings = topology.settings();
    var figures = topology.tasks().figures(vhost);
    return new TaskQueueStatus(
        queue.getMetadata().getGeneration(),
        conditions(queue, verdicts, now),
        settings.queue(),
        topology.tasks().all().stream().flatMap(it -> it.queueNames().stream()).toList(),
        topology.deadLetters().target().queueNames().getFirst(),
        settings.vhost(),
        settings.exchange().name(),
        boxed(figures.ready()),
        boxed(figures.unacknowledged()),
        boxed(topology.deadLetters().figures(vhost).total()),
        workers,
        settings.retry().schedule().stream().map(DurationText::format).toList(),
        migration,
        new TaskQueueStatus.Binding(settings.bindingSecret()));
  }

  /// Of one for which nothing could be done.
  static TaskQueueStatus failed(TaskQueue queue, List<Verdict> verdicts, Instant now) {
    return keeping(queue, verdicts, QueueFigures.UNKNOWN, QueueFigures.UNKNOWN, now);
  }

  /// Of one that is only looked at.
  ///
  /// @param planned as it would be; what is in the queues is true
  static TaskQueueStatus observed(
      TaskQueue queue, TaskQueueStatus planned, Verdict verdict, Instant now) {
    var was = Objects.requireNonNullElse(queue.getStatus(), TaskQueueStatus.EMPTY);
    return new TaskQueueStatus(
        planned.observedGeneration(),
        conditions(queue, List.of(verdict), now),
        was.queueName(),
        was.queues(),
        was.deadLetterQueue(),
        was.vhost(),
        was.exchange(),
        planned.ready(),
        planned.unacknowledged(),
        planned.deadLettered(),
        planned.workers(),
        planned.retryDelays(),
        was.migration(),
        was.binding());
  }

  /// Of one that is being deleted and waits.
  static TaskQueueStatus deleting(
      TaskQueue queue, List<Verdict> verdicts, ObservedQueue observed, Instant now) {
    return Admission.ofLeaving(queue, observed) instanceof Admission.Admitted admitted
        ? keeping(
            queue,
            verdicts,
            admitted.topology().tasks().figures(admitted.view().vhost()),
            admitted.topology().deadLetters().figures(admitted.view().vhost()),
            now)
        : keeping(queue, verdicts, QueueFigures.UNKNOWN, QueueFigures.UNKNOWN, now);
  }

  /// The migration that is under way while a generation is left to be drained.
  ///
  /// @param retired the generation
  /// @param to where messages go instead
  static TaskQueueStatus.Migration migration(
      TaskQueue queue, Generation retired, Generation to, VhostSnapshot vhost, Instant now) {
    var total = retired.figures(vhost).total();
    var before = queue.getStatus() == null ? null : queue.getStatus().migration();
    String emptySince = null;
    if (total.orElse(1) == 0) {
      var seen =
          before == null || !before.from().equals(retired.queueNames())
              ? null
              : before.emptySince();
      emptySince = seen == null ? now.truncatedTo(ChronoUnit.SECONDS).toString() : seen;
    }
    return new TaskQueueStatus.Migration(
        retired.queueNames(), to.queueNames(), boxed(total), emptySince);
  }

  /// Keeps what was known of the queue but for its figures.
  private static TaskQueueStatus keeping(
      TaskQueue queue,
      List<Verdict> verdicts,
      QueueFigures tasks,
      QueueFigures deadLetters,
      Instant now) {
    var was = Objects.requireNonNullElse(queue.getStatus(), TaskQueueStatus.EMPTY);
    return new TaskQueueStatus(
        queue.getMetadata().getGeneration(),
        conditions(queue, verdicts, now),
        was.queueName(),
        was.queues(),
        was.deadLetterQueue(),
        was.vhost(),
        was.exchange(),
        boxed(tasks.ready()),
        boxed(tasks.unacknowledged()),
        boxed(deadLetters.total()),
        was.workers(),
        was.retryDelays(),
        was.migration(),
        was.binding());
  }

  private static List<Condition> conditions(TaskQueue queue, List<Verdict> verdicts, Instant now) {
    return Conditions.of(
        verdicts,
        queue.getStatus() == null ? null : queue.getStatus().conditions(),
        queue.getMetadata().getGeneration(),
        now);
  }

  private static @Nullable Long boxed(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }
}
