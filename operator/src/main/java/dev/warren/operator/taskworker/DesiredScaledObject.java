package dev.warren.operator.taskworker;

import dev.warren.crds.AutoscalingSpec;
import dev.warren.crds.TaskWorker;
import dev.warren.operator.resource.Labels;
import dev.warren.operator.resource.SecretEntries;
import dev.warren.operator.resource.ServerSideApply;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What KEDA needs to bring a fleet to its wanted size: a ScaledObject that asks the operator, and
/// a Secret with the right to. Pure.
final class DesiredScaledObject {
  static final String API_VERSION = "keda.sh/v1alpha1";
  static final String KIND = "ScaledObject";

  /// Changes with the Secret, which is not watched.
  private static final String ACCESS = "warren.dev/access-hash";

  /// As often as a HorizontalPodAutoscaler looks.
  private static final int POLLING_SECONDS = 15;

  private static final String TOKEN = "token";
  private static final String AUTHORITIES = "ca.crt";

  private DesiredScaledObject() {}

  /// In the order in which they are to be written.
  static List<HasMetadata> of(TaskWorker worker, AutoscalingSpec spec, Endpoint endpoint) {
    return List.of(
        secret(worker, endpoint), authentication(worker), scaledObject(worker, spec, endpoint));
  }

  /// Not labelled with the TaskWorker: it is not the Secret that pods mount.
  private static Secret secret(TaskWorker worker, Endpoint endpoint) {
    return new SecretBuilder()
        .withMetadata(metadata(worker))
        .withType("Opaque")
        .withData(
            SecretEntries.encode(
                Map.of(TOKEN, endpoint.token(), AUTHORITIES, endpoint.authorities())))
        .build();
  }

  /// Which value of the Secret is what.
  static GenericKubernetesResource authentication(TaskWorker worker) {
    return new GenericKubernetesResourceBuilder()
        .withApiVersion(API_VERSION)
        .withKind("TriggerAuthentication")
        .withMetadata(metadata(worker))
        .addToAdditionalProperties(
            "spec",
            Map.of(
                "secretTargetRef",
                List.of(parameter("token", TOKEN, worker), parameter("ca", AUTHORITIES, worker))))
        .build();
  }

  private static Map<String, Object> parameter(String name, String key, TaskWorker worker) {
    return Map.of("parameter", name, "name", accessName(worker), "key", key);
  }

  static GenericKubernetesResource scaledObject(
      TaskWorker worker, AutoscalingSpec spec, Endpoint endpoint) {
    var name = worker.getMetadata().getName();
    return new GenericKubernetesResourceBuilder()
        .withApiVersion(API_VERSION)
        .withKind(KIND)
        .withNewMetadata()
        .withNamespace(worker.getMetadata().getNamespace())
        .withName(name)
        .withLabels(Labels.ofWorker(name))
        .withAnnotations(
            Map.of(ACCESS, Digests.of(endpoint.token() + "\n" + endpoint.authorities())))
        .withOwnerReferences(ServerSideApply.ownerReference(worker))
        .endMetadata()
        .addToAdditionalProperties("spec", spec(worker, spec, endpoint))
        .build();
  }

  /// None is among its sizes, else it would make one pod of none; the operator is quicker than its
  /// cooldown.
  private static Map<String, Object> spec(
      TaskWorker worker, AutoscalingSpec spec, Endpoint endpoint) {
    return Map.of(
        "scaleTargetRef",
        Map.of("name", worker.getMetadata().getName()),
        "pollingInterval",
        POLLING_SECONDS,
        "minReplicaCount",
        0,
        "maxReplicaCount",
        Objects.requireNonNullElse(spec.maxReplicas(), DesiredHpa.DEFAULT_MAX_REPLICAS),
        "advanced",
        Map.of(
            "horizontalPodAutoscalerConfig",
            Map.of("behavior", Map.of("scaleUp", rules(spec), "scaleDown", rules(spec)))),
        "triggers",
        List.of(trigger(worker, endpoint)));
  }

  private static Map<String, Object> rules(AutoscalingSpec spec) {
    return Map.of(
        "stabilizationWindowSeconds",
        0,
        "selectPolicy",
        "Max",
        "policies",
        List.of(
            Map.of(
                "type",
                "Pods",
                "value",
                Objects.requireNonNullElse(spec.maxReplicas(), DesiredHpa.DEFAULT_MAX_REPLICAS),
                "periodSeconds",
                DesiredHpa.PERIOD_SECONDS)));
  }

  private static Map<String, Object> trigger(TaskWorker worker, Endpoint endpoint) {
    return Map.of(
        "type",
        "metrics-api",
        "metadata",
        Map.of(
            "url", endpoint.url(),
            "valueLocation", "wanted",
            "targetValue", "1",
            "authMode", "bearer"),
        "authenticationRef",
        Map.of("name", accessName(worker)));
  }

  private static ObjectMeta metadata(TaskWorker worker) {
    return new ObjectMetaBuilder()
        .withNamespace(worker.getMetadata().getNamespace())
        .withName(accessName(worker))
        .withLabels(Map.of(Labels.MANAGED_BY, Labels.WARREN))
        .withOwnerReferences(ServerSideApply.ownerReference(worker))
        .build();
  }

  private static String accessName(TaskWorker worker) {
    return worker.getMetadata().getName() + "-worker-scaling";
  }
}
