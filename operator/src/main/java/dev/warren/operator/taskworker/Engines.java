package dev.warren.operator.taskworker;

import dev.warren.crds.AutoscalingSpec;
import dev.warren.crds.TaskWorker;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What carries out the sizes of fleets, as the operator is configured and as the cluster lets it.
///
/// @param otherwise the engine of a TaskWorker that names none
/// @param obstacle why no autoscaler can get a figure from this operator, with the remedy; empty if
///   one can
/// @param onChange takes who is to be told of another obstacle
/// @param exact whether a HorizontalPodAutoscaler can be told to tolerate no difference; else it
///   keeps a size that is wrong by a tenth
public record Engines(
    AutoscalingSpec.Engine otherwise,
    Supplier<String> obstacle,
    Consumer<Runnable> onChange,
    boolean exact) {
  /// The one that carries out the size of this TaskWorker; a fixed size needs none but the
  /// operator.
  AutoscalingSpec.Engine of(TaskWorker worker) {
    var spec = worker.getSpec().autoscaling();
    if (spec == null) {
      return AutoscalingSpec.Engine.Direct;
    }
    return spec.engine() == null ? otherwise : spec.engine();
  }
}
