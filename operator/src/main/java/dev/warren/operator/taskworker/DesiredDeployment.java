package dev.warren.operator.taskworker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.warren.crds.TaskWorker;
import dev.warren.model.WorkerPod;
import dev.warren.operator.resource.Credentials;
import dev.warren.operator.resource.Labels;
import dev.warren.operator.resource.ServerSideApply;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The Deployment of a fleet. Pure.
final class DesiredDeployment {
  /// Name of the container that consumes.
  static final String CONTAINER = "worker";

  private static final String CONFIGURATION_DIRECTORY = "/etc/warren/worker";
  private static final String BINDING_ROOT = "/bindings";
  private static final String BINDING_DIRECTORY = BINDING_ROOT + "/broker";
  private static final String TERMINATION_LOG = "/dev/termination-log";
  private static final String HTTP = "http";

  /// Changes with the runtime's configuration, which pods read at their start.
  private static final String CONFIGURATION_HASH = "warren.dev/configuration-hash";

  /// Changes with anything in the template, so that a field which the user took back is noticed.
  private static final String TEMPLATE_HASH = "warren.dev/template-hash";

  /// What a pod needs beyond its tasks' deadline to give back what is left and to close.
  private static final Duration CLOSING = Duration.ofSeconds(30);

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
        PodTemplateMerge.merge(template(settings, credentials, labels), settings.podTemplate());
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName(settings.name())
        .withNamespace(settings.namespace())
        .withLabels(labels)
        .withAnnotations(Map.of(TEMPLATE_HASH, hash(json(template))))
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

  private static PodTemplateSpec template(
      WorkerSettings settings, Credentials credentials, Map<String, String> labels) {
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(labels)
        .withAnnotations(annotations(settings, credentials))
        .endMetadata()
        .withNewSpec()
        .withAutomountServiceAccountToken(false)
        .withTerminationGracePeriodSeconds(
            settings.queue().maxTaskDuration().plus(CLOSING).toSeconds())
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .withContainers(container(settings))
        .withVolumes(volumes(settings))
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
                    CONFIGURATION_HASH, hash(DesiredConfiguration.properties(configuration))));
    if (!credentials.rotation().isEmpty()) {
      annotations.put(Credentials.ROTATION, credentials.rotation());
    }
    return annotations;
  }

  private static Container container(WorkerSettings settings) {
    var container =
        new ContainerBuilder()
            .withName(CONTAINER)
            .withImage(settings.image())
            .withEnv(environment(settings))
            .withVolumeMounts(mounts(settings))
            .withTerminationMessagePath(TERMINATION_LOG)
            .withNewSecurityContext()
            .withAllowPrivilegeEscalation(false)
            .withNewCapabilities()
            .withDrop("ALL")
            .endCapabilities()
            .endSecurityContext();
    if (settings.configuration().isPresent()) {
      container
          .addNewPort()
          .withName(HTTP)
          .withContainerPort(WorkerPod.DEFAULT_HTTP_PORT)
          .endPort()
          .withLivenessProbe(probe("/livez", 10, 6))
          .withReadinessProbe(probe("/readyz", 2, 2));
    }
    return container.build();
  }

  private static Probe probe(String path, int periodSeconds, int failureThreshold) {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath(path)
        .withNewPort(HTTP)
        .endHttpGet()
        .withPeriodSeconds(periodSeconds)
        .withTimeoutSeconds(2)
        .withFailureThreshold(failureThreshold)
        .build();
  }

  private static List<EnvVar> environment(WorkerSettings settings) {
    var environment = new ArrayList<EnvVar>();
    environment.add(fromField(WorkerPod.POD_NAME, "metadata.name"));
    // Where libraries for service bindings look for any; the runtime is told its own.
    environment.add(value("SERVICE_BINDING_ROOT", BINDING_ROOT));
    environment.add(value(WorkerPod.BINDING_DIRECTORY, BINDING_DIRECTORY));
    if (settings.configuration().isPresent()) {
      environment.add(
          value(
              WorkerPod.CONFIGURATION_FILE,
              CONFIGURATION_DIRECTORY + "/" + DesiredConfiguration.FILE));
      environment.add(fromField(WorkerPod.HTTP_HOST, "status.podIP"));
      environment.add(value(WorkerPod.TERMINATION_LOG, TERMINATION_LOG));
    } else {
      environment.add(
          new EnvVarBuilder()
              .withName("AMQP_URI")
              .withNewValueFrom()
              .withNewSecretKeyRef("uri", settings.bindingSecret(), null)
              .endValueFrom()
              .build());
      environment.add(value("WARREN_QUEUE", String.join(",", settings.topology().sources())));
    }
    return environment;
  }

  private static List<VolumeMount> mounts(WorkerSettings settings) {
    var mounts = new ArrayList<VolumeMount>();
    mounts.add(mount("binding", BINDING_DIRECTORY));
    settings
        .configuration()
        .ifPresent(configuration -> mounts.add(mount("configuration", CONFIGURATION_DIRECTORY)));
    return mounts;
  }

  private static List<Volume> volumes(WorkerSettings settings) {
    var volumes = new ArrayList<Volume>();
    volumes.add(
        new VolumeBuilder()
            .withName("binding")
            .withNewSecret()
            .withSecretName(settings.bindingSecret())
            .endSecret()
            .build());
    settings
        .configuration()
        .ifPresent(
            configuration ->
                volumes.add(
                    new VolumeBuilder()
                        .withName("configuration")
                        .withNewConfigMap()
                        .withName(settings.configMap())
                        .endConfigMap()
                        .build()));
    return volumes;
  }

  private static VolumeMount mount(String name, String path) {
    return new VolumeMountBuilder().withName(name).withMountPath(path).withReadOnly(true).build();
  }

  private static EnvVar value(String name, String value) {
    return new EnvVarBuilder().withName(name).withValue(value).build();
  }

  private static EnvVar fromField(String name, String path) {
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewFieldRef()
        .withFieldPath(path)
        .endFieldRef()
        .endValueFrom()
        .build();
  }

  private static String json(PodTemplateSpec template) {
    try {
      return SORTED.writeValueAsString(template);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("every pod template has a JSON form", e);
    }
  }

  private static String hash(String text) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
