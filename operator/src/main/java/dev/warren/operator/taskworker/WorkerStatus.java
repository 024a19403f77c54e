package dev.warren.operator.taskworker;

import dev.warren.crds.TaskWorker;
import dev.warren.crds.TaskWorkerStatus;
import dev.warren.operator.resource.Conditions;
import dev.warren.operator.resource.Labels;
import dev.warren.operator.resource.Verdict;
import dev.warren.operator.scaling.Decision;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is said of a TaskWorker. Pure.
final class WorkerStatus {
  private WorkerStatus() {}

  static TaskWorkerStatus.Scaling scaling(Decision decision) {
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

  static TaskWorkerStatus of(
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

  /// The same status with one condition more.
  static TaskWorkerStatus with(
      Verdict verdict, TaskWorkerStatus status, TaskWorker worker, Instant now) {
    var before = worker.getStatus() == null ? null : worker.getStatus().conditions();
    var more = Conditions.of(List.of(verdict), before, worker.getMetadata().getGeneration(), now);
    return new TaskWorkerStatus(
        status.observedGeneration(),
        Stream.concat(
                Objects.requireNonNullElse(status.conditions(), List.<Condition>of()).stream(),
                more.stream())
            .toList(),
        status.replicas(),
        status.readyReplicas(),
        status.selector(),
        status.scaling());
  }

  private static String selector(TaskWorker worker) {
    return Labels.ofWorker(worker.getMetadata().getName()).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(","));
  }
}
