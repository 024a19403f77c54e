package dev.warren.operator.taskworker;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/// How a plan for a TaskWorker is carried out by its engine.
///
/// @param former objects of another engine, to be deleted first
/// @param plan all else; a Deployment in it that names no number of pods keeps the one that it has
/// @param engine objects of this engine, to be written last
/// @param size the number of pods of the Deployment, if that is not the engine's to write
record EnginePlan(
    List<HasMetadata> former,
    TaskWorkerPlan plan,
    List<HasMetadata> engine,
    Optional<DeploymentSize> size) {
  EnginePlan {
    former = List.copyOf(former);
    engine = List.copyOf(engine);
  }
}
