package dev.warren.operator.taskworker;

import dev.warren.model.WorkerPod;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What each pod of a fleet is made from. Pure.
final class DesiredPod {
  /// Name of the container that consumes.
  static final String CONTAINER = "worker";

  private static final String CONFIGURATION_DIRECTORY = "/etc/warren/worker";
  private static final String BINDING_ROOT = "/bindings";
  private static final String BINDING_DIRECTORY = BINDING_ROOT + "/broker";
  private static final String TERMINATION_LOG = "/dev/termination-log";
  private static final String HTTP = "http";

  /// What a pod needs beyond its tasks' deadline to give back what is left and to close.
  private static final Duration CLOSING = Duration.ofSeconds(30);

  private DesiredPod() {}

  /// The template, before the user's own is merged over it.
  static PodTemplateSpec template(
      WorkerSettings settings, Map<String, String> labels, Map<String, String> annotations) {
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(labels)
        .withAnnotations(annotations)
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
      settings
          .stores()
          .forEach(store -> environment.add(value(store.variable(), store.directory())));
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
    settings.stores().forEach(store -> mounts.add(mount(store.volume(), store.directory())));
    return mounts;
  }

  private static List<Volume> volumes(WorkerSettings settings) {
    var volumes = new ArrayList<Volume>();
    volumes.add(secret("binding", settings.bindingSecret()));
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
    settings.stores().forEach(store -> volumes.add(secret(store.volume(), store.name())));
    return volumes;
  }

  private static Volume secret(String volume, String name) {
    return new VolumeBuilder()
        .withName(volume)
        .withNewSecret()
        .withSecretName(name)
        .endSecret()
        .build();
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
}
