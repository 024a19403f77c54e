package dev.warren.operator.taskworker;

import dev.warren.crds.TaskWorker;
import dev.warren.crds.TaskWorkerStatus;
import dev.warren.model.DurationText;
import dev.warren.operator.resource.Conditions;
import dev.warren.operator.resource.Labels;
import dev.warren.operator.resource.Verdict;
import dev.warren.operator.scaling.Decision;
import dev.warren.operator.scaling.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is said of a TaskWorker. Pure.
final class WorkerStatus {
  private WorkerStatus() {}

  static TaskWorkerStatus.Scaling scaling(Decision decision) {
    return new TaskWorkerStatus.Scaling(
        decision.wanted(),
        decision.reason(),
        decision.cause().name(),
        decision.seen().map(WorkerStatus::inputs).orElse(null));
  }

  /// Of a size that is held; what the one before was decided from is kept.
  static TaskWorkerStatus.Scaling held(TaskWorker worker, int wanted, String why) {
    var before = worker.getStatus() == null ? null : worker.getStatus().scaling();
    return new TaskWorkerStatus.Scaling(
        wanted,
        "holding: " + why,
        Decision.Cause.TROUBLE.name(),
        before == null ? null : before.inputs());
  }

  /// Of a fleet that has nothing to consume.
  static TaskWorkerStatus.Scaling stopped(String why) {
    return new TaskWorkerStatus.Scaling(0, "0: " + why, null, null);
  }

  /// What was seen, as far as a status tells.
  static Seen seen(TaskWorkerStatus.Inputs inputs) {
    return new Seen(
        number(inputs.ready()),
        number(inputs.unacknowledged()),
        inputs.arrivals() == null ? 0 : Double.parseDouble(inputs.arrivals()),
        Optional.ofNullable(inputs.serviceTime()).map(DurationText::parse),
        inputs.podsReady(),
        inputs.podsStarting());
  }

  private static TaskWorkerStatus.Inputs inputs(Seen seen) {
    return new TaskWorkerStatus.Inputs(
        seen.ready().isPresent() ? seen.ready().getAsLong() : null,
        seen.unacknowledged().isPresent() ? seen.unacknowledged().getAsLong() : null,
        String.format(Locale.ROOT, "%.3f", seen.arrivals()),
        // At least a millisecond, so that it is read back as a time.
        seen.serviceTime()
            .map(time -> DurationText.format(time.toMillis() > 0 ? time : Duration.ofMillis(1)))
            .orElse(null),
        seen.podsReady(),
        seen.podsStarting());
  }

  private static OptionalLong number(@Nullable Long value) {
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
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
    var verdicts = new ArrayList<>(Conditions.verdicts(status.conditions()));
    verdicts.add(verdict);
    return new TaskWorkerStatus(
        status.observedGeneration(),
        Conditions.of(verdicts, before, worker.getMetadata().getGeneration(), now),
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
