package dev.warren.operator.taskworker;

import dev.warren.crds.AutoscalingSpec;
import dev.warren.crds.TaskWorker;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// What carries out the sizes of fleets, as the operator is configured and as the cluster lets it.
///
/// @param otherwise the engine of a TaskWorker that names none
/// @param obstacle why no HorizontalPodAutoscaler can get a figure from this operator, with the
///   remedy; empty if one can
/// @param endpoint where KEDA asks for the size of a TaskWorker; empty as long as nothing answers
/// @param onChange takes who is to be told that one of both is another
/// @param exact whether a HorizontalPodAutoscaler can be told to tolerate no difference; else it
///   keeps a size that is wrong by a tenth
/// @param keda whether the cluster had ScaledObjects when the operator started
public record Engines(
    AutoscalingSpec.Engine otherwise,
    Supplier<String> obstacle,
    Function<TaskWorker, Optional<Endpoint>> endpoint,
    Consumer<Runnable> onChange,
    boolean exact,
    boolean keda) {
  /// API version of ScaledObjects.
  public static final String KEDA_API_VERSION = DesiredScaledObject.API_VERSION;

  /// Kind of ScaledObjects.
  public static final String KEDA_KIND = DesiredScaledObject.KIND;

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
