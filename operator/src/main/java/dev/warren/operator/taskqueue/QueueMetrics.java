package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskQueueStatus;
import dev.warren.operator.resource.ResourceGauges;
import dev.warren.operator.resource.ResourceGauges.Gauge;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How each TaskQueue fares, as metrics. What is unknown is not a number; one that is paused has no
/// conditions, which say nothing but that.
final class QueueMetrics {
  private QueueMetrics() {}

  static ResourceGauges<TaskQueue> of(Supplier<Stream<TaskQueue>> queues) {
    return new ResourceGauges<>(
        TaskQueue.class,
        queues,
        queue -> SettingsResolver.paused(queue) ? null : status(queue).conditions(),
        List.of(
            gauge("tasks_ready", "Tasks that no worker holds", TaskQueueStatus::ready),
            gauge(
                "tasks_unacknowledged", "Tasks that workers hold", TaskQueueStatus::unacknowledged),
            gauge("dead_letters", "Tasks in the dead-letter queue", TaskQueueStatus::deadLettered),
            gauge("workers", "Pods that consume", TaskQueueStatus::workers)));
  }

  private static Gauge<TaskQueue> gauge(
      String name, String description, Function<TaskQueueStatus, @Nullable Number> figure) {
    return new Gauge<>(
        name, description, queue -> ResourceGauges.number(figure.apply(status(queue))));
  }

  private static TaskQueueStatus status(TaskQueue queue) {
    return Objects.requireNonNullElse(queue.getStatus(), TaskQueueStatus.EMPTY);
  }
}
