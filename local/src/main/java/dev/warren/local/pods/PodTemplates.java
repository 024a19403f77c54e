package dev.warren.local.pods;

import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/// Makes Pods from a Deployment's template. Pure.
final class PodTemplates {
  static final String HASH_LABEL = "pod-template-hash";
  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  private PodTemplates() {}

  /// Tells templates apart; a pod is up to date if its label holds the same.
  static String hash(Deployment deployment) {
    var checksum = new CRC32C();
    var template = JSON.asJson(deployment.getSpec().getTemplate());
    checksum.update(template.getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(checksum.getValue());
  }

  /// @param suffix makes the name unique
  static Pod pod(Deployment deployment, String hash, String suffix) {
    var owner = deployment.getMetadata();
    var template = deployment.getSpec().getTemplate();
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(owner.getNamespace())
        .withName("%s-%s-%s".formatted(owner.getName(), hash, suffix))
        .withLabels(labels(template.getMetadata().getLabels(), hash))
        .withAnnotations(template.getMetadata().getAnnotations())
        .withOwnerReferences(
            new OwnerReferenceBuilder()
                .withApiVersion(deployment.getApiVersion())
                .withKind(deployment.getKind())
                .withName(owner.getName())
                .withUid(owner.getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build())
        .endMetadata()
        .withNewSpecLike(template.getSpec())
        .withNodeName(PodPlace.NODE)
        .endSpec()
        .build();
  }

  private static Map<String, String> labels(Map<String, String> template, String hash) {
    var labels = new HashMap<>(Optional.ofNullable(template).orElse(Map.of()));
    labels.put(HASH_LABEL, hash);
    return labels;
  }
}
