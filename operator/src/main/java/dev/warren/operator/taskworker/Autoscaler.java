package dev.warren.operator.taskworker;

import dev.warren.crds.AutoscalingSpec;
import dev.warren.crds.TaskWorker;
import dev.warren.operator.resource.Difference;
import dev.warren.operator.resource.Verdict;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The objects by which an engine carries out sizes, and what is in its way. Pure.
record Autoscaler(TaskWorker worker, ObservedEngine engine) {
  /// What is to be written.
  List<HasMetadata> missing(AutoscalingSpec spec) {
    if (foreign().isPresent()) {
      return List.of();
    }
    return switch (engine.engine()) {
      case Direct -> List.of();
      case Hpa -> {
        var desired = DesiredHpa.of(worker, spec, engine.exact());
        yield Difference.exists(desired, engine.hpa()) ? List.of(desired) : List.of();
      }
      case Keda ->
          engine
              .endpoint()
              .filter(_ -> engine.keda())
              .filter(
                  endpoint ->
                      Difference.exists(
                          DesiredScaledObject.scaledObject(worker, spec, endpoint),
                          engine.scaledObject()))
              .map(endpoint -> DesiredScaledObject.of(worker, spec, endpoint))
              .orElse(List.of());
    };
  }

  /// What another engine has left, but for its Secret: that goes with the TaskWorker, because the
  /// operator has no right to delete any.
  List<HasMetadata> former() {
    var former = new ArrayList<HasMetadata>();
    if (engine.engine() != AutoscalingSpec.Engine.Hpa) {
      engine.hpa().filter(this::isOurs).ifPresent(former::add);
    }
    if (engine.engine() != AutoscalingSpec.Engine.Keda) {
      engine
          .scaledObject()
          .filter(this::isOurs)
          .ifPresent(
              found -> {
                former.add(found);
                former.add(DesiredScaledObject.authentication(worker));
              });
    }
    return former;
  }

  /// Why it cannot carry out anything.
  Optional<Verdict> obstacle() {
    return foreign()
        .map(
            found ->
                Verdict.degraded(
                    "AutoscalerConflict",
                    "%s '%s' exists and is not this TaskWorker's; rename the one or the other, or set spec.autoscaling.engine to Direct"
                        .formatted(found.getKind(), found.getMetadata().getName())))
        .or(
            () ->
                switch (engine.engine()) {
                  case Direct -> Optional.empty();
                  case Hpa ->
                      Optional.of(engine.obstacle())
                          .filter(why -> !why.isEmpty())
                          .map(why -> Verdict.degraded("MetricsApiUnavailable", why));
                  case Keda -> kedaObstacle();
                });
  }

  private Optional<Verdict> kedaObstacle() {
    if (!engine.keda()) {
      return Optional.of(
          Verdict.degraded(
              "KedaNotFound",
              "the cluster had no ScaledObjects (keda.sh) when the operator started; install KEDA and restart the operator, or set spec.autoscaling.engine to Hpa or Direct"));
    }
    return engine.endpoint().isPresent()
        ? Optional.empty()
        : Optional.of(
            Verdict.degraded(
                "MetricsApiUnavailable",
                "the operator does not answer KEDA (WARREN_METRICS_API_PORT); see its log, or set spec.autoscaling.engine to Direct"));
  }

  private Optional<? extends HasMetadata> foreign() {
    Stream<Optional<? extends HasMetadata>> used =
        switch (engine.engine()) {
          case Direct -> Stream.of();
          case Hpa -> Stream.of(engine.hpa());
          case Keda -> Stream.of(engine.scaledObject());
        };
    return used.flatMap(Optional::stream).filter(found -> !isOurs(found)).findFirst();
  }

  private boolean isOurs(HasMetadata found) {
    return WorkerAdmission.owns(worker, found);
  }
}
