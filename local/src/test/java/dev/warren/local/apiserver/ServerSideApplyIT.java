package dev.warren.local.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-broker")
class ServerSideApplyIT {
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
  void createsWhatDoesNotExist() {
    var applied = apply("alpha", "created", "{color: Red}");

    assertThat(applied.getMetadata().getGeneration()).isEqualTo(1);
    assertThat(applied.getMetadata().getManagedFields())
        .singleElement()
        .satisfies(entry -> assertThat(entry.getManager()).isEqualTo("alpha"));
  }

  @Test
  void writesNothingWhenTheSameIsAppliedAgain() {
    var first = apply("alpha", "settled", "{color: Red, parts: [{id: a, note: x}]}");
    var second = apply("alpha", "settled", "{color: Red, parts: [{id: a, note: x}]}");

    assertThat(second.getMetadata().getResourceVersion())
        .isEqualTo(first.getMetadata().getResourceVersion());
  }

  @Test
  void removesWhatAManagerNoLongerApplies() {
    apply("alpha", "removal", "{color: Red, delay: 1s, parts: [{id: a}, {id: b}], tags: [x]}");

    var applied = apply("alpha", "removal", "{color: Red, parts: [{id: b}]}");

    assertThat(spec(applied))
        .doesNotContainKeys("delay", "tags")
        .containsEntry("parts", List.of(Map.of("id", "b")));
  }

  @Test
  void keepsWhatAnotherManagerApplies() {
    apply("alpha", "shared", "{color: Red, delay: 1s, parts: [{id: a, note: x}], tags: [x]}");
    apply("beta", "shared", "{color: Red, delay: 1s, parts: [{id: b}], tags: [y]}");

    var applied = apply("alpha", "shared", "{color: Red}");

    assertThat(spec(applied))
        .containsEntry("delay", "1s")
        .containsEntry("parts", List.of(Map.of("id", "b")))
        .containsEntry("tags", List.of("y"));
  }

  @Test
  void appliesStatusApartFromTheRest() {
    apply("alpha", "status", "{color: Red}");
    applyStatus("status", "{message: working, replicas: 2}");

    var applied = applyStatus("status", "{message: done}");

    assertThat(applied.<Map<String, Object>>get("status")).isEqualTo(Map.of("message", "done"));
    assertThat(spec(applied)).containsEntry("color", "Red");
    assertThat(applied.getMetadata().getGeneration()).isEqualTo(1);
  }

  @Test
  void mergesListsOfBuiltInKindsByTheirKeys() {
    deployment("alpha", "[{name: A, value: '1'}, {name: B, value: '2'}]");
    deployment("beta", "[{name: C, value: '3'}]");

    var applied = deployment("alpha", "[{name: B, value: '4'}]");

    var container = applied.getSpec().getTemplate().getSpec().getContainers().getFirst();
    assertThat(container.getEnv())
        .extracting(variable -> variable.getName() + "=" + variable.getValue())
        .containsExactly("B=4", "C=3");
  }

  private static Deployment deployment(String manager, String env) {
    var yaml =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: merged, namespace: test}
        spec:
          selector: {matchLabels: {app: merged}}
          template:
            metadata: {labels: {app: merged}}
            spec: {containers: [{name: main, image: none, env: %s}]}
        """
            .formatted(env);
    return widgets
        .client()
        .resource(Serialization.unmarshal(yaml, Deployment.class))
        .fieldManager(manager)
        .forceConflicts()
        .serverSideApply();
  }

  private static GenericKubernetesResource apply(String manager, String name, String spec) {
    return widgets.widget(name, spec).fieldManager(manager).forceConflicts().serverSideApply();
  }

  private static GenericKubernetesResource applyStatus(String name, String status) {
    var yaml =
        """
        apiVersion: test.warren.dev/v1
        kind: Widget
        metadata: {name: %s, namespace: test}
        status: %s
        """
            .formatted(name, status);
    var context =
        new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("alpha")
            .withForce(true)
            .build();
    return widgets.document(yaml).subresource("status").patch(context);
  }

  private static Map<String, Object> spec(GenericKubernetesResource widget) {
    return widget.get("spec");
  }
}
