package dev.warren.operator.taskworker;

import dev.warren.crds.AutoscalingSpec;
import dev.warren.crds.TaskWorker;
import dev.warren.crds.TaskWorkerStatus;
import dev.warren.operator.resource.Conditions;
import dev.warren.operator.resource.Difference;
import dev.warren.operator.resource.Verdict;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Decides how a plan's number of pods comes about. A number that follows the queue is written
/// apart from all else: by the operator, or by an autoscaler, which leaves it the steps from none
/// and to none. Pure.
final class EnginePlanner {
  private EnginePlanner() {}

  static EnginePlan plan(
      TaskWorker worker,
      ObservedWorker observed,
      ObservedEngine engine,
      TaskWorkerPlan plan,
      Instant now) {
    var autoscaler = new Autoscaler(worker, engine);
    var found = observed.deployment();
    var spec = worker.getSpec().autoscaling();
    if (spec == null || found.filter(it -> !WorkerAdmission.owns(worker, it)).isPresent()) {
      return new EnginePlan(autoscaler.former(), plan, List.of(), Optional.empty());
    }
    var objects = withoutSize(plan.objects(), found);
    var exists = found.isPresent() || objects.stream().anyMatch(Deployment.class::isInstance);
    return new EnginePlan(
        autoscaler.former(),
        plan.with(objects, with(autoscaler.obstacle(), plan.status(), worker, now)),
        exists ? autoscaler.missing(spec) : List.of(),
        size(found, plan.status(), engine.engine()));
  }

  /// A new Deployment that named no number would begin with one.
  private static List<HasMetadata> withoutSize(
      List<HasMetadata> objects, Optional<Deployment> found) {
    return objects.stream()
        .flatMap(
            object ->
                object instanceof Deployment deployment && found.isPresent()
                    ? withoutSize(deployment, found).stream()
                    : Stream.of(object))
        .toList();
  }

  private static Optional<HasMetadata> withoutSize(
      Deployment deployment, Optional<Deployment> found) {
    var unsized = new DeploymentBuilder(deployment).editSpec().withReplicas(null).endSpec().build();
    return Difference.exists(unsized, found) ? Optional.of(unsized) : Optional.empty();
  }

  private static Optional<DeploymentSize> size(
      Optional<Deployment> found, TaskWorkerStatus status, AutoscalingSpec.Engine engine) {
    if (found.isEmpty() || status.scaling() == null) {
      return Optional.empty();
    }
    var wanted = status.scaling().wanted();
    int present = found.get().getSpec().getReplicas();
    var ours =
        engine == AutoscalingSpec.Engine.Direct
            ? present != wanted
            : (present == 0) != (wanted == 0);
    return ours ? Optional.of(DeploymentSize.of(found.get(), wanted)) : Optional.empty();
  }

  /// What is worse has been said already.
  private static TaskWorkerStatus with(
      Optional<Verdict> obstacle, TaskWorkerStatus status, TaskWorker worker, Instant now) {
    return obstacle
        .filter(_ -> Conditions.find(status.conditions(), Verdict.DEGRADED).isEmpty())
        .map(verdict -> WorkerStatus.with(verdict, status, worker, now))
        .orElse(status);
  }
}
