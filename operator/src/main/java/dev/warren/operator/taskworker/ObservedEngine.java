package dev.warren.operator.taskworker;

import dev.warren.crds.AutoscalingSpec;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.util.Optional;

/// What carries out the size of a fleet, and what there is of it.
///
/// @param engine the one that is asked for
/// @param obstacle why no HorizontalPodAutoscaler can get a figure; empty if one can
/// @param exact whether one can be told to tolerate no difference
/// @param keda whether there is a KEDA
/// @param endpoint where KEDA asks for the size; empty as long as nothing answers
/// @param hpa the HorizontalPodAutoscaler of the fleet's name, whoever made it
/// @param scaledObject the ScaledObject of the fleet's name, likewise
record ObservedEngine(
    AutoscalingSpec.Engine engine,
    String obstacle,
    boolean exact,
    boolean keda,
    Optional<Endpoint> endpoint,
    Optional<HorizontalPodAutoscaler> hpa,
    Optional<GenericKubernetesResource> scaledObject) {}
