package dev.warren.local.pods;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Words the status of a Pod as a kubelet does. Pure.
final class PodStatuses {
  private PodStatuses() {}

  /// @param before the status last written, for times of transition
  /// @param last how the run before ended, null if there was none
  static PodStatus status(
      Pod pod,
      PodStatus before,
      String address,
      ContainerState state,
      int restarts,
      @Nullable Termination last,
      Instant now) {
    var ready = state instanceof ContainerState.Running running && running.ready();
    var container = pod.getSpec().getContainers().getFirst();
    return new PodStatusBuilder()
        .withPhase(state instanceof ContainerState.Running || restarts > 0 ? "Running" : "Pending")
        .withHostIP(PodPlace.HOST_ADDRESS)
        .withPodIP(address)
        .addNewPodIP(address)
        .withStartTime(Optional.ofNullable(before.getStartTime()).orElse(text(now)))
        .withConditions(
            condition("PodScheduled", true, before, now),
            condition("Initialized", true, before, now),
            condition("ContainersReady", ready, before, now),
            condition("Ready", ready, before, now))
        .withContainerStatuses(
            new ContainerStatusBuilder()
                .withName(container.getName())
                .withImage(container.getImage())
                .withImageID(container.getImage())
                .withReady(ready)
                .withStarted(state instanceof ContainerState.Running)
                .withRestartCount(restarts)
                .withState(state(state))
                .withLastState(last == null ? null : state(new ContainerState.Stopped(last)))
                .build())
        .build();
  }

  private static io.fabric8.kubernetes.api.model.ContainerState state(ContainerState state) {
    var builder = new ContainerStateBuilder();
    return switch (state) {
      case ContainerState.Waiting waiting ->
          builder
              .withNewWaiting()
              .withReason(waiting.reason())
              .withMessage(waiting.message())
              .endWaiting()
              .build();
      case ContainerState.Running running ->
          builder.withNewRunning().withStartedAt(text(running.since())).endRunning().build();
      case ContainerState.Stopped stopped -> terminated(stopped.termination());
    };
  }

  private static io.fabric8.kubernetes.api.model.ContainerState terminated(Termination end) {
    return new ContainerStateBuilder()
        .withNewTerminated()
        .withExitCode(end.exitCode())
        .withReason(end.reason())
        .withMessage(end.message().isEmpty() ? null : end.message())
        .withStartedAt(text(end.startedAt()))
        .withFinishedAt(text(end.finishedAt()))
        .endTerminated()
        .build();
  }

  private static PodCondition condition(String type, boolean holds, PodStatus before, Instant now) {
    var status = holds ? "True" : "False";
    var since =
        conditions(before).stream()
            .filter(old -> old.getType().equals(type) && old.getStatus().equals(status))
            .map(PodCondition::getLastTransitionTime)
            .findFirst()
            .orElse(text(now));
    return new PodConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withLastTransitionTime(since)
        .build();
  }

  private static List<PodCondition> conditions(PodStatus status) {
    return Optional.ofNullable(status.getConditions()).orElse(List.of());
  }

  private static String text(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
