package dev.warren.operator.taskworker;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;

/// The number of pods of a Deployment, as a field with an owner of its own. So the rest of the
/// Deployment can be applied without a number: a field that nobody owns any more would be gone, and
/// its default is 1.
///
/// @param name of the Deployment
record DeploymentSize(String namespace, String name, int replicas) {
  /// Beside that of everything else, and of autoscalers.
  private static final String FIELD_MANAGER = "warren-size";

  static DeploymentSize of(Deployment deployment, int replicas) {
    return new DeploymentSize(
        deployment.getMetadata().getNamespace(), deployment.getMetadata().getName(), replicas);
  }

  /// Makes it so by the scale subresource, whoever wrote it last.
  void write(KubernetesClient client) {
    client
        .apps()
        .deployments()
        .inNamespace(namespace)
        .withName(name)
        .subresource("scale")
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager(FIELD_MANAGER)
                .build(),
            Serialization.asJson(Map.of("spec", Map.of("replicas", replicas))));
  }

  /// Owns the number that is there, together with whoever does, so that it stays when they leave it
  /// out.
  ///
  /// @throws io.fabric8.kubernetes.client.KubernetesClientException if somebody wrote another
  ///   number at this moment; next time it is seen
  static void keep(Deployment deployment, KubernetesClient client) {
    var live = client.resource(deployment).get();
    if (live != null) {
      client
          .resource(of(live, live.getSpec().getReplicas()).partial())
          .patch(
              new PatchContext.Builder()
                  .withPatchType(PatchType.SERVER_SIDE_APPLY)
                  .withFieldManager(FIELD_MANAGER)
                  .withForce(false)
                  .build());
    }
  }

  private Deployment partial() {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withReplicas(replicas)
        .endSpec()
        .build();
  }
}
