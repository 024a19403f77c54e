package dev.warren.operator.metricsapi;

import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskQueueStatus;
import dev.warren.crds.TaskWorker;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A figure of one object.
///
/// @param name the object, for messages
/// @param labels by which it is told apart
/// @param value empty if it is unknown, which is not zero
record Figure(String name, Map<String, String> labels, OptionalLong value) {
  /// Label of what is about a TaskQueue: its name in RabbitMQ, or in Kubernetes.
  static final String QUEUE = "queue";

  /// Label of what is about a TaskWorker: its name.
  static final String TASK_WORKER = "taskworker";

  Figure {
    labels = Map.copyOf(labels);
  }

  /// What there is of a metric in a namespace.
  static List<Figure> of(Metric metric, List<TaskWorker> workers, List<TaskQueue> queues) {
    return switch (metric) {
      case WANTED_REPLICAS -> workers.stream().map(Figure::wanted).toList();
      case READY -> messages(queues, TaskQueueStatus::ready);
      case UNACKNOWLEDGED -> messages(queues, TaskQueueStatus::unacknowledged);
      case MESSAGES -> messages(queues, Figure::both);
    };
  }

  /// The same under the name that the TaskQueue has in Kubernetes, where RabbitMQ knows it by
  /// another.
  Figure byResource() {
    return labels.containsKey(QUEUE) ? new Figure(name, Map.of(QUEUE, name), value) : this;
  }

  private static Figure wanted(TaskWorker worker) {
    var status = worker.getStatus();
    return new Figure(
        worker.getMetadata().getName(),
        Map.of(TASK_WORKER, worker.getMetadata().getName()),
        status == null || status.scaling() == null
            ? OptionalLong.empty()
            : OptionalLong.of(status.scaling().wanted()));
  }

  private static List<Figure> messages(
      List<TaskQueue> queues, Function<TaskQueueStatus, @Nullable Long> count) {
    return queues.stream()
        .map(
            queue -> {
              var status = Objects.requireNonNullElse(queue.getStatus(), TaskQueueStatus.EMPTY);
              var name = queue.getMetadata().getName();
              var held = count.apply(status);
              return new Figure(
                  name,
                  Map.of(QUEUE, Objects.requireNonNullElse(status.queueName(), name)),
                  held == null ? OptionalLong.empty() : OptionalLong.of(held));
            })
        .toList();
  }

  private static @Nullable Long both(TaskQueueStatus status) {
    return status.ready() == null || status.unacknowledged() == null
        ? null
        : (Long) (status.ready() + status.unacknowledged());
  }
}
