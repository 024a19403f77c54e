package dev.warren.operator.taskworker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.warren.crds.TaskWorker;
import dev.warren.operator.resource.Credentials;
import dev.warren.operator.resource.Labels;
import dev.warren.operator.resource.ServerSideApply;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.Map;
import java.util.TreeMap;

/// The Deployment of a fleet. Pure.
final class DesiredDeployment {
  /// Changes with what pods of the runtime take of their configuration at their start only; all
  /// else they take from the mounted file while they run.
  private static final String CONFIGURATION_HASH = "warren.dev/configuration-hash";

  /// Changes with anything in the template, so that a field which the user took back is noticed.
  private static final String TEMPLATE_HASH = "warren.dev/template-hash";

  /// The order of a map's entries may be another in each run; that of sorted ones makes equal
  /// hashes.
  private static final ObjectMapper SORTED =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private DesiredDeployment() {}

  /// The Deployment.
  ///
  /// @throws IllegalArgumentException if the user's pod template does not fit
  static Deployment of(
      TaskWorker owner, WorkerSettings settings, Credentials credentials, int replicas) {
    var labels = Labels.ofWorker(settings.name());
    var template =
        PodTemplateMerge.merge(
            DesiredPod.template(settings, labels, annotations(settings, credentials)),
            settings.podTemplate());
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName(settings.name())
        .withNamespace(settings.namespace())
        .withLabels(labels)
        .withAnnotations(Map.of(TEMPLATE_HASH, Digests.of(json(template))))
        .withOwnerReferences(ServerSideApply.ownerReference(owner))
        .endMetadata()
        .withNewSpec()
        .withReplicas(replicas)
        .withRevisionHistoryLimit(3)
        .withNewSelector()
        .withMatchLabels(labels)
        .endSelector()
        .withTemplate(template)
        .endSpec()
        .build();
  }

  /// A change of these replaces the pods.
  private static Map<String, String> annotations(WorkerSettings settings, Credentials credentials) {
    var annotations = new TreeMap<String, String>();
    settings
        .configuration()
        .ifPresent(
            configuration ->
                annotations.put(
                    CONFIGURATION_HASH,
                    Digests.of(DesiredConfiguration.properties(configuration.startSettings()))));
    if (!credentials.rotation().isEmpty()) {
      annotations.put(Credentials.ROTATION, credentials.rotation());
    }
    return annotations;
  }

  private static String json(PodTemplateSpec template) {
    try {
      return SORTED.writeValueAsString(template);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("every pod template has a JSON form", e);
    }
  }
}
