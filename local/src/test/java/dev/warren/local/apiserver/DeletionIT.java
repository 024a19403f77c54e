package dev.warren.local.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-broker")
class DeletionIT {
  private static Widgets widgets;

  @BeforeAll
  static void start() {
    widgets = new Widgets();
  }

  @AfterAll
  static void stop() {
    widgets.close();
  }

  @Test
  void waitsForTheLastFinalizer() {
    var widget = widgets.widget("finalized", "{color: Red}");
    widget.item().getMetadata().setFinalizers(List.of("test/one"));
    widget.create();

    widget.delete();
    var marked = widget.get();
    widget.edit(DeletionIT::withoutFinalizers);

    assertThat(marked.isMarkedForDeletion()).isTrue();
    assertThat(marked.getMetadata().getGeneration()).isEqualTo(2);
    assertThat(widget.get()).isNull();
  }

  @Test
  void refusesToDeleteAnotherVersionThanTheOneSeen() {
    var widget = widgets.widget("precondition", "{color: Red}");
    var seen = widget.create();
    widgets
        .widget("precondition", "{color: Green}")
        .forceConflicts()
        .fieldManager("x")
        .serverSideApply();

    var failure =
        catchThrowableOfType(
            KubernetesClientException.class,
            () -> widgets.all().resource(seen).lockResourceVersion().delete());

    assertThat(failure.getCode()).isEqualTo(409);
    assertThat(widget.get()).isNotNull();
  }

  @Test
  void collectsDependentsOfADeletedOwner() {
    var widget = widgets.widget("owner", "{color: Red}");
    var owner = widget.create();
    var dependent = configMap(widgets, "dependent", owner);
    var other = configMap(Widgets.NAMESPACE, "no-dependent");

    widget.delete();

    await().untilAsserted(() -> assertThat(dependent.get()).isNull());
    assertThat(other.get()).isNotNull();
  }

  @Test
  void collectsObjectsWhoseDefinitionIsGoneAndTheirDependents() {
    try (var other = new Widgets()) {
      var owner = other.widget("owner", "{color: Red}").create();
      var dependent = configMap(other, "dependent", owner);

      other.client().resources(CustomResourceDefinition.class).delete();

      await().untilAsserted(() -> assertThat(dependent.get()).isNull());
    }
  }

  @Test
  void leavesAPodOnANodeToItsKubelet() {
    var pod = pod("on-a-node");

    pod.delete();
    var marked = pod.get();
    pod.withGracePeriod(0).delete();

    assertThat(marked.isMarkedForDeletion()).isTrue();
    assertThat(marked.getMetadata().getDeletionGracePeriodSeconds()).isEqualTo(30);
    assertThat(pod.get()).isNull();
  }

  @Test
  void namespaceGoesWhenItsContentsAreGone() {
    widgets.createNamespace("doomed");
    var namespace = widgets.client().namespaces().withName("doomed");
    var plain = configMap("doomed", "plain");
    var held = configMap("doomed", "held");
    held.edit(
        map ->
            new ConfigMapBuilder(map)
                .editMetadata()
                .addToFinalizers("test/one")
                .endMetadata()
                .build());

    namespace.delete();
    await().untilAsserted(() -> assertThat(plain.get()).isNull());
    var phase = namespace.get().getStatus().getPhase();
    var failure =
        catchThrowableOfType(KubernetesClientException.class, () -> configMap("doomed", "late"));
    held.edit(
        map -> new ConfigMapBuilder(map).editMetadata().withFinalizers().endMetadata().build());

    assertThat(phase).isEqualTo("Terminating");
    assertThat(failure.getStatus().getReason()).isEqualTo("Forbidden");
    assertThat(failure.getStatus().getDetails().getCauses())
        .singleElement()
        .satisfies(cause -> assertThat(cause.getReason()).isEqualTo("NamespaceTerminating"));
    await().untilAsserted(() -> assertThat(namespace.get()).isNull());
  }

  private static Resource<Pod> pod(String name) {
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(Widgets.NAMESPACE)
            .endMetadata()
            .withNewSpec()
            .withNodeName("some-node")
            .endSpec()
            .build();
    var resource = widgets.client().resource(pod);
    resource.create();
    return widgets.client().pods().inNamespace(Widgets.NAMESPACE).withName(name);
  }

  private static Resource<ConfigMap> configMap(String namespace, String name) {
    return create(widgets, configMap(namespace, name, List.of()));
  }

  private static Resource<ConfigMap> configMap(Widgets in, String name, HasMetadata owner) {
    var reference =
        new OwnerReferenceBuilder()
            .withApiVersion(owner.getApiVersion())
            .withKind(owner.getKind())
            .withName(owner.getMetadata().getName())
            .withUid(owner.getMetadata().getUid())
            .build();
    return create(in, configMap(Widgets.NAMESPACE, name, List.of(reference)));
  }

  private static ConfigMap configMap(String namespace, String name, List<OwnerReference> owners) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace)
        .withOwnerReferences(owners)
        .endMetadata()
        .build();
  }

  private static Resource<ConfigMap> create(Widgets in, ConfigMap map) {
    in.client().resource(map).create();
    return in.client()
        .configMaps()
        .inNamespace(map.getMetadata().getNamespace())
        .withName(map.getMetadata().getName());
  }

  private static GenericKubernetesResource withoutFinalizers(GenericKubernetesResource widget) {
    widget.getMetadata().setFinalizers(List.of());
    return widget;
  }
}
