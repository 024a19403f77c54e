package dev.warren.operator.taskworker;

import dev.warren.crds.AutoscalingSpec;
import dev.warren.crds.TaskWorker;
import dev.warren.operator.resource.Labels;
import dev.warren.operator.resource.ServerSideApply;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRules;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRulesBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import java.util.Map;
import java.util.Objects;

/// The HorizontalPodAutoscaler that brings a fleet to its wanted size. Windows, steps and schedules
/// are in that size already, so it follows at once and by any number of pods. Pure.
final class DesiredHpa {
  private static final String METRIC = "warren_wanted_replicas";
  static final int DEFAULT_MAX_REPLICAS = 20;

  /// The shortest that it looks at.
  static final int PERIOD_SECONDS = 15;

  private DesiredHpa() {}

  /// @param exact whether it can be told to tolerate no difference
  static HorizontalPodAutoscaler of(TaskWorker worker, AutoscalingSpec spec, boolean exact) {
    var name = worker.getMetadata().getName();
    var max = Objects.requireNonNullElse(spec.maxReplicas(), DEFAULT_MAX_REPLICAS);
    // None is the operator's: it would be 1 again at once.
    var min = Math.max(1, Objects.requireNonNullElse(spec.minReplicas(), 0));
    return new HorizontalPodAutoscalerBuilder()
        .withNewMetadata()
        .withNamespace(worker.getMetadata().getNamespace())
        .withName(name)
        .withLabels(Labels.ofWorker(name))
        .withOwnerReferences(ServerSideApply.ownerReference(worker))
        .endMetadata()
        .withNewSpec()
        .withNewScaleTargetRef("apps/v1", "Deployment", name)
        .withMinReplicas(min)
        .withMaxReplicas(max)
        .addNewMetric()
        .withType("External")
        .withNewExternal()
        .withNewMetric()
        .withName(METRIC)
        .withNewSelector()
        .withMatchLabels(Map.of("taskworker", name))
        .endSelector()
        .endMetric()
        .withNewTarget()
        .withType("AverageValue")
        .withAverageValue(new Quantity("1"))
        .endTarget()
        .endExternal()
        .endMetric()
        .withNewBehavior()
        .withScaleUp(rules(max, exact))
        .withScaleDown(rules(max, exact))
        .endBehavior()
        .endSpec()
        .build();
  }

  private static HPAScalingRules rules(int max, boolean exact) {
    return new HPAScalingRulesBuilder()
        .withStabilizationWindowSeconds(0)
        .withSelectPolicy("Max")
        .addNewPolicy(PERIOD_SECONDS, "Pods", max)
        .withTolerance(exact ? new Quantity("0") : null)
        .build();
  }
}
