package dev.warren.operator.taskworker;

import dev.warren.crds.AutoscalingSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.util.Optional;

/// What carries out the size of a fleet, and what there is of it.
///
/// @param engine the one that is asked for
/// @param obstacle why it cannot; empty if it can
/// @param exact whether a HorizontalPodAutoscaler can be told to tolerate no difference
/// @param hpa the HorizontalPodAutoscaler of the fleet's name, whoever made it
record ObservedEngine(
    AutoscalingSpec.Engine engine,
    String obstacle,
    boolean exact,
    Optional<HorizontalPodAutoscaler> hpa) {}
