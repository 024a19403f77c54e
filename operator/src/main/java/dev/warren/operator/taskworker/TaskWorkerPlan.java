package dev.warren.operator.taskworker;

import dev.warren.crds.TaskWorkerStatus;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.scaling.Decision;
import dev.warren.operator.scaling.Memory;
import dev.warren.operator.scaling.Seen;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What to do for a TaskWorker, and what to say of it.
///
/// @param objects to write, in their order: what a pod mounts before the pods
/// @param outdated pods that run with another configuration than is written
/// @param marks by which pods that are idle go first, before any object is written
/// @param broker name of the TaskBroker
/// @param vhost where the changes are made
/// @param changes in the broker, before any object is written
/// @param inputs what the number of pods was decided from, if it was
/// @param memory to be given to the next plan
/// @param again when to plan again even if nothing changes
record TaskWorkerPlan(
    List<HasMetadata> objects,
    List<Pod> outdated,
    List<Occupancy.Mark> marks,
    String broker,
    String vhost,
    List<BrokerChange> changes,
    TaskWorkerStatus status,
    Optional<Seen> inputs,
    Memory memory,
    Optional<Duration> again) {
  TaskWorkerPlan {
    objects = List.copyOf(objects);
    outdated = List.copyOf(outdated);
    changes = List.copyOf(changes);
    marks = List.copyOf(marks);
  }

  /// The same with other objects, and another thing to say.
  TaskWorkerPlan with(List<HasMetadata> otherObjects, TaskWorkerStatus otherStatus) {
    return new TaskWorkerPlan(
        otherObjects, outdated, marks, broker, vhost, changes, otherStatus, inputs, memory, again);
  }

  /// Nothing to do.
  static TaskWorkerPlan nothing(TaskWorkerStatus status, Memory memory, Optional<Duration> again) {
    return new TaskWorkerPlan(
        List.of(),
        List.of(),
        List.of(),
        "",
        "",
        List.of(),
        status,
        Optional.empty(),
        memory,
        again);
  }

  /// Only marks; the size follows when they are seen.
  static TaskWorkerPlan marking(
      List<Occupancy.Mark> marks, TaskWorkerStatus status, Decision decision, Memory memory) {
    return new TaskWorkerPlan(
        List.of(),
        List.of(),
        marks,
        "",
        "",
        List.of(),
        status,
        decision.inputs(),
        memory,
        Optional.of(Duration.ofSeconds(1)));
  }
}
