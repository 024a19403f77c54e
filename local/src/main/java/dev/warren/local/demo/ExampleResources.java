package dev.warren.local.demo;

import dev.warren.crds.AutoscalingSpec;
import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskQueueStatus;
import dev.warren.crds.TaskWorker;
import dev.warren.crds.TaskWorkerSpec;
import dev.warren.crds.TaskWorkerStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// The TaskQueues and TaskWorkers of the example, as the API server tells of them. For one thread.
final class ExampleResources {
  private final KubernetesClient client;
  private final List<ResourceName> queues = new ArrayList<>();
  private final List<ResourceName> workers = new ArrayList<>();

  ExampleResources(KubernetesClient client) {
    this.client = client;
  }

  /// A TaskQueue that is ready was applied.
  void addQueue(ResourceName queue) {
    queues.add(queue);
  }

  /// A TaskWorker was applied.
  void addWorker(ResourceName worker) {
    workers.add(worker);
  }

  List<ResourceName> queues() {
    return List.copyOf(queues);
  }

  List<ResourceName> workers() {
    return List.copyOf(workers);
  }

  /// What the queues hold, all together.
  Progress.Queues held() {
    var statuses = queues.stream().map(queue -> status(queue)).toList();
    return new Progress.Queues(
        sum(statuses, TaskQueueStatus::ready),
        sum(statuses, TaskQueueStatus::unacknowledged),
        sum(statuses, TaskQueueStatus::deadLettered));
  }

  /// What pods there are, of all TaskWorkers together.
  Progress.Fleet fleet() {
    var found = workers.stream().map(this::worker).flatMap(Optional::stream).toList();
    return new Progress.Fleet(
        sum(found, ExampleResources::wanted),
        sum(found, worker -> status(worker).map(TaskWorkerStatus::readyReplicas).orElse(0)),
        sum(found, worker -> least(worker.getSpec())));
  }

  /// How many pods there are beyond as few as there may be.
  int podsLeft() {
    var found = workers.stream().map(this::worker).flatMap(Optional::stream).toList();
    return sum(found, worker -> status(worker).map(TaskWorkerStatus::replicas).orElse(0))
        - sum(found, worker -> least(worker.getSpec()));
  }

  /// Whether a worker brings its own consumer, which tells nothing of the tasks that it runs.
  boolean hasCustomWorker() {
    return workers.stream()
        .map(this::worker)
        .flatMap(Optional::stream)
        .anyMatch(worker -> worker.getSpec().handler().custom() != null);
  }

  Optional<TaskQueueStatus> readyStatus(ResourceName queue) {
    return status(queue).filter(status -> readiness(status).orElse("").equals("True"));
  }

  /// The message of a TaskQueue that is not ready, once the operator has come to that.
  Optional<String> refusal(ResourceName queue) {
    return status(queue)
        .filter(status -> readiness(status).orElse("").equals("False"))
        .flatMap(status -> ready(status).map(Condition::getMessage));
  }

  /// Whether the operator has seen a queue, and its dead-letter queue, without messages.
  boolean seenEmpty(ResourceName queue) {
    return status(queue)
        .filter(status -> Long.valueOf(0).equals(status.ready()))
        .filter(status -> Long.valueOf(0).equals(status.deadLettered()))
        .isPresent();
  }

  Optional<TaskQueueStatus> status(ResourceName queue) {
    var found =
        client
            .resources(TaskQueue.class)
            .inNamespace(queue.namespace())
            .withName(queue.name())
            .get();
    return Optional.ofNullable(found).map(TaskQueue::getStatus);
  }

  private Optional<TaskWorker> worker(ResourceName name) {
    return Optional.ofNullable(
        client
            .resources(TaskWorker.class)
            .inNamespace(name.namespace())
            .withName(name.name())
            .get());
  }

  private static Optional<TaskWorkerStatus> status(TaskWorker worker) {
    return Optional.ofNullable(worker.getStatus());
  }

  private static int wanted(TaskWorker worker) {
    return status(worker)
        .map(TaskWorkerStatus::scaling)
        .map(TaskWorkerStatus.Scaling::wanted)
        .orElse(least(worker.getSpec()));
  }

  /// The fewest pods that this spec allows.
  private static int least(TaskWorkerSpec spec) {
    if (Boolean.TRUE.equals(spec.paused())) {
      return 0;
    }
    return spec.autoscaling() == null
        ? Objects.requireNonNullElse(spec.replicas(), 1)
        : Optional.of(spec.autoscaling()).map(AutoscalingSpec::minReplicas).orElse(0);
  }

  private static Optional<Condition> ready(TaskQueueStatus status) {
    return Optional.ofNullable(status.conditions()).orElse(List.of()).stream()
        .filter(condition -> condition.getType().equals("Ready"))
        .findFirst();
  }

  private static Optional<String> readiness(TaskQueueStatus status) {
    return ready(status).map(Condition::getStatus);
  }

  /// Unknown if one of them is.
  private static OptionalLong sum(
      List<Optional<TaskQueueStatus>> statuses, Function<TaskQueueStatus, @Nullable Long> figure) {
    var sum = 0L;
    for (var status : statuses) {
      var value = status.map(figure);
      if (value.isEmpty()) {
        return OptionalLong.empty();
      }
      sum += value.get();
    }
    return OptionalLong.of(sum);
  }

  private static int sum(List<TaskWorker> workers, ToIntFunction<TaskWorker> figure) {
    return workers.stream().mapToInt(figure).sum();
  }
}
