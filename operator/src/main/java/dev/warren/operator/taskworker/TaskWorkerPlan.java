package dev.warren.operator.taskworker;

import dev.warren.crds.TaskWorkerStatus;
import dev.warren.operator.broker.BrokerChange;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What to do for a TaskWorker, and what to say of it.
///
/// @param objects to write, in their order: what a pod mounts before the pods
/// @param broker name of the TaskBroker
/// @param vhost where the changes are made
/// @param changes in the broker, before any object is written
/// @param again when to plan again even if nothing changes
record TaskWorkerPlan(
    List<HasMetadata> objects,
    String broker,
    String vhost,
    List<BrokerChange> changes,
    TaskWorkerStatus status,
    Optional<Duration> again) {
  TaskWorkerPlan {
    objects = List.copyOf(objects);
    changes = List.copyOf(changes);
  }
}
