package dev.warren.operator.taskworker;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskWorker;
import dev.warren.model.Flow;
import dev.warren.operator.resource.Conditions;
import dev.warren.operator.resource.Verdict;
import dev.warren.operator.scaling.Share;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// Which part of a queue's tasks a TaskWorker gets where several consume it: as large as the part
/// of all tasks at once that its most pods can run. Pure.
final class Sharing {
  /// The same for all of them: the oldest first.
  private static final Comparator<TaskWorker> ORDER =
      Comparator.comparing(
              (TaskWorker worker) ->
                  Objects.requireNonNullElse(worker.getMetadata().getCreationTimestamp(), ""))
          .thenComparing(worker -> worker.getMetadata().getName());

  private Sharing() {}

  /// @param consumers all TaskWorkers of the queue
  /// @param broker the queue's
  static Share of(TaskWorker worker, List<TaskWorker> consumers, TaskBroker broker) {
    var sharers =
        consumers.stream()
            .filter(other -> isSame(other, worker) || takesTasks(other))
            .sorted(ORDER)
            .toList();
    double all = sharers.stream().mapToLong(other -> places(other, broker)).sum();
    var before =
        sharers.stream()
            .takeWhile(other -> !isSame(other, worker))
            .mapToLong(other -> places(other, broker))
            .sum();
    return sharers.size() < 2 || all == 0
        ? Share.WHOLE
        : new Share(before / all, (before + places(worker, broker)) / all, sharers.size());
  }

  private static boolean isSame(TaskWorker one, TaskWorker other) {
    return one.getMetadata().getUid().equals(other.getMetadata().getUid());
  }

  /// What a fleet leaves that is stopped, refused or broken is for the others.
  private static boolean takesTasks(TaskWorker worker) {
    return !worker.isMarkedForDeletion()
        && !WorkerSettings.paused(worker.getSpec())
        && worker.getStatus() != null
        && Conditions.find(worker.getStatus().conditions(), Verdict.READY)
            .filter(
                ready -> ready.getStatus().equals("True") || ready.getReason().equals("Starting"))
            .isPresent();
  }

  private static long places(TaskWorker worker, TaskBroker broker) {
    return (long) mostPods(worker, broker)
        * Objects.requireNonNullElse(worker.getSpec().concurrency(), Flow.DEFAULT_CONCURRENCY);
  }

  /// How many pods a TaskWorker has at the most, as its spec and the broker of its queue say.
  static int mostPods(TaskWorker worker, TaskBroker broker) {
    var spec = worker.getSpec();
    return spec.autoscaling() == null
        ? Objects.requireNonNullElse(spec.replicas(), WorkerSettingsResolver.DEFAULT_REPLICAS)
        : AutoscalingReader.maxReplicas(spec.autoscaling(), broker);
  }
}
