package dev.warren.operator.taskworker;

import dev.warren.operator.resource.Verdict;
import dev.warren.operator.scaling.Held;
import dev.warren.operator.scaling.PodCounts;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The pods of a TaskWorker, and what they say of its health. Pure.
///
/// @param wanted how many there should be
record Fleet(int wanted, List<Pod> pods) {
  Fleet {
    pods = List.copyOf(pods);
  }

  /// How many are ready.
  int ready() {
    return (int) pods.stream().filter(Fleet::ready).count();
  }

  /// How many fetch tasks: one that is being deleted does not, and says that it is ready for a
  /// while.
  int consuming() {
    return (int) staying().stream().filter(Fleet::ready).count();
  }

  /// What a decision about its size needs to know.
  ///
  /// @param held what pods hold, if that is known
  PodCounts counts(Optional<Held> held) {
    var staying = staying();
    var starting = staying.stream().filter(pod -> !ready(pod)).toList();
    return new PodCounts(
        wanted,
        consuming(),
        starting.size(),
        (int) starting.stream().filter(pod -> failure(pod).isPresent()).count(),
        held,
        staying.stream().flatMap(pod -> startUp(pod).stream()).max(Comparator.naturalOrder()));
  }

  /// How long it took until it was ready; one that was started again tells nothing.
  private static Optional<Duration> startUp(Pod pod) {
    var created = pod.getMetadata().getCreationTimestamp();
    if (created == null || !ready(pod) || restarted(pod)) {
      return Optional.empty();
    }
    return readySince(pod)
        .map(since -> Duration.between(Instant.parse(created), since))
        .filter(Duration::isPositive);
  }

  private static boolean restarted(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .anyMatch(
            container -> container.getRestartCount() != null && container.getRestartCount() > 0);
  }

  /// Those that are not being deleted.
  List<Pod> staying() {
    return pods.stream().filter(pod -> !pod.isMarkedForDeletion()).toList();
  }

  /// What is to be said of it.
  ///
  /// @param risk what may go wrong though all pods are well
  List<Verdict> verdicts(Optional<Verdict> risk) {
    var verdicts = new ArrayList<Verdict>();
    var failure = failure();
    verdicts.add(readiness(failure));
    if (ready() < wanted && failure.isEmpty()) {
      verdicts.add(Verdict.progressing(true, "Starting", "pods are starting"));
    }
    failure
        .map(why -> Verdict.degraded("PodsFailing", why))
        .or(() -> risk)
        .ifPresent(verdicts::add);
    return verdicts;
  }

  private Verdict readiness(Optional<String> failure) {
    if (wanted == 0) {
      return Verdict.ready("ScaledToZero", "no pod is wanted");
    }
    if (ready() > 0) {
      return Verdict.ready("Consuming", "pods consume the queue");
    }
    return failure
        .map(why -> Verdict.notReady("PodsFailing", why))
        .orElseGet(() -> Verdict.notReady("Starting", "no pod consumes yet"));
  }

  static boolean ready(Pod pod) {
    return readiness(pod).isPresent();
  }

  /// Since when it is ready, if it is.
  static Optional<Instant> readySince(Pod pod) {
    return readiness(pod).map(PodCondition::getLastTransitionTime).map(Instant::parse);
  }

  private static Optional<PodCondition> readiness(Pod pod) {
    return Stream.ofNullable(pod.getStatus())
        .flatMap(status -> status.getConditions().stream())
        .filter(it -> it.getType().equals("Ready") && it.getStatus().equals("True"))
        .findFirst();
  }

  /// What the first pod says that does not get going.
  private Optional<String> failure() {
    return pods.stream().flatMap(pod -> failure(pod).stream()).findFirst();
  }

  private static Optional<String> failure(Pod pod) {
    return Stream.ofNullable(pod.getStatus())
        .flatMap(status -> status.getContainerStatuses().stream())
        .filter(container -> !Boolean.TRUE.equals(container.getReady()))
        .flatMap(container -> failure(container).stream())
        .findFirst();
  }

  /// The termination message, which stays the same from crash to crash; a waiting message does not
  /// (it tells times).
  private static Optional<String> failure(ContainerStatus container) {
    var last = container.getLastState() == null ? null : container.getLastState().getTerminated();
    if (last != null && last.getExitCode() != null && last.getExitCode() != 0) {
      var message = last.getMessage() == null ? "" : ": " + last.getMessage().strip();
      return Optional.of(
          "container '%s' ended with exit code %d%s"
              .formatted(container.getName(), last.getExitCode(), message));
    }
    var waiting = container.getState() == null ? null : container.getState().getWaiting();
    if (waiting == null
        || waiting.getReason() == null
        || waiting.getReason().equals("ContainerCreating")
        || waiting.getReason().equals("PodInitializing")) {
      return Optional.empty();
    }
    return Optional.of(
        "container '%s' with image '%s' waits: %s"
            .formatted(container.getName(), container.getImage(), waiting.getReason()));
  }
}
