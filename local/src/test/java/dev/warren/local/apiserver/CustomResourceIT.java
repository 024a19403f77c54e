package dev.warren.local.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-broker")
class CustomResourceIT {
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
  void setsIdentityOnCreation() {
    var created = widgets.widget("identity", "{color: Red}").create();

    assertThat(created.getMetadata().getUid()).isNotEmpty();
    assertThat(created.getMetadata().getCreationTimestamp()).isNotEmpty();
    assertThat(created.getMetadata().getGeneration()).isEqualTo(1);
  }

  @Test
  void setsDefaults() {
    var created = widgets.widget("defaults", "{color: Red}").create();

    assertThat(spec(created)).containsEntry("size", 3).containsEntry("limits", Map.of("burst", 7));
  }

  @Test
  void prunesWhatTheSchemaDoesNotKnow() {
    var created =
        widgets.widget("pruned", "{color: Red, colour: Red, anything: {goes: 1}}").create();

    assertThat(spec(created))
        .doesNotContainKey("colour")
        .containsEntry("anything", Map.of("goes", 1));
  }

  @Test
  void refusesWhatTheSchemaForbidsAndNamesEachField() {
    var invalid =
        widgets.widget(
            "invalid",
            "{color: Blue, delay: soon, size: 10, port: [], tags: [a, b, c], parts: [{note: x}]}");

    var failure = catchThrowableOfType(KubernetesClientException.class, invalid::create);

    assertThat(failure.getCode()).isEqualTo(422);
    assertThat(failure.getStatus().getMessage())
        .startsWith("Widget.test.warren.dev \"invalid\" is invalid: ")
        .contains("spec.color: Unsupported value: \"Blue\": supported values: \"Red\", \"Green\"")
        .contains(
            "spec.delay: Invalid value: \"soon\": spec.delay in body should match '^[0-9]+s$'")
        .contains(
            "spec.size: Invalid value: 10: spec.size in body should be less than or equal to 9");
    assertThat(failure.getStatus().getDetails().getCauses())
        .extracting(StatusCause::getField)
        .containsExactlyInAnyOrder(
            "spec.color", "spec.delay", "spec.size", "spec.port", "spec.tags", "spec.parts[0].id");
  }

  @Test
  void refusesASecondOfTheSameName() {
    var widget = widgets.widget("twice", "{color: Red}");
    widget.create();

    var failure = catchThrowableOfType(KubernetesClientException.class, widget::create);

    assertThat(failure.getStatus().getReason()).isEqualTo("AlreadyExists");
  }

  @Test
  void refusesAStaleUpdate() {
    var first = widgets.widget("stale", "{color: Red}").create();
    widgets.all().resource(with(first, "size", 4)).update();

    var failure =
        catchThrowableOfType(
            KubernetesClientException.class,
            () -> widgets.all().resource(with(first, "size", 5)).lockResourceVersion().update());

    assertThat(failure.getStatus().getReason()).isEqualTo("Conflict");
  }

  @Test
  void refusesAStaleStatusUpdate() {
    var first = widgets.widget("stale-status", "{color: Red}").create();
    widgets.all().resource(with(first, "size", 4)).update();
    first.setAdditionalProperty("status", Map.of("message", "late"));

    var failure =
        catchThrowableOfType(
            KubernetesClientException.class,
            () -> widgets.all().resource(first).lockResourceVersion().updateStatus());

    assertThat(failure.getStatus().getReason()).isEqualTo("Conflict");
  }

  @Test
  void raisesTheGenerationForTheSpecificationOnly() {
    var created = widgets.widget("generation", "{color: Red}").create();
    var labelled = widgets.all().resource(created).edit(CustomResourceIT::withLabel);
    var changed = widgets.all().resource(with(labelled, "size", 4)).update();

    assertThat(labelled.getMetadata().getGeneration()).isEqualTo(1);
    assertThat(changed.getMetadata().getGeneration()).isEqualTo(2);
  }

  @Test
  void keepsStatusApartFromTheRest() {
    var created = widgets.widget("apart", "{color: Red}").create();
    created.setAdditionalProperty("status", Map.of("message", "from update"));
    var updated = widgets.all().resource(with(created, "size", 4)).update();
    updated.setAdditionalProperty("status", Map.of("message", "from status"));
    var withStatus = widgets.all().resource(with(updated, "size", 5)).updateStatus();

    assertThat(updated.getMetadata().getGeneration()).isEqualTo(2);
    assertThat(withStatus.<Object>get("status", "message")).isEqualTo("from status");
    assertThat(spec(withStatus)).containsEntry("size", 4);
    assertThat(withStatus.getMetadata().getGeneration()).isEqualTo(2);
  }

  @Test
  void writesNothingWhenNothingChanges() {
    var created = widgets.widget("same", "{color: Red}").create();

    var again = widgets.all().resource(created).update();

    assertThat(again.getMetadata().getResourceVersion())
        .isEqualTo(created.getMetadata().getResourceVersion());
  }

  @Test
  void resizesThroughTheScaleSubresource() {
    widgets.widget("scaled", "{color: Red, replicas: 1}").create();

    var scale = widgets.all().inNamespace(Widgets.NAMESPACE).withName("scaled").scale(4);

    assertThat(spec(scale)).containsEntry("replicas", 4).containsEntry("color", "Red");
  }

  @Test
  void mergePatchDeletesWhatIsNull() {
    var widget = widgets.widget("nulls", "{color: Red, delay: 1s}");
    widget.create();

    var patched =
        widget.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"delay\":null}}");

    assertThat(spec(patched)).doesNotContainKey("delay").containsEntry("color", "Red");
  }

  @Test
  void jsonPatchWhoseTestFailsIsRefused() {
    var widget = widgets.widget("tested", "{color: Red}");
    widget.create();
    var patch =
        """
        [{"op": "test", "path": "/spec/color", "value": "Green"},
         {"op": "replace", "path": "/spec/size", "value": 9}]
        """;

    var failure =
        catchThrowableOfType(
            KubernetesClientException.class,
            () -> widget.patch(PatchContext.of(PatchType.JSON), patch));

    assertThat(failure.getCode()).isEqualTo(422);
    assertThat(spec(widget.get())).containsEntry("size", 3);
  }

  @Test
  void dryRunStoresNothing() {
    var widget = widgets.widget("dry", "{color: Red}");

    widget.dryRun().create();

    assertThat(widget.get()).isNull();
  }

  @Test
  void selectsByLabelsAndFields() {
    for (var name : List.of("select-a", "select-b", "select-c")) {
      var widget = widgets.widget(name, "{color: Red}").item();
      widget.getMetadata().setLabels(Map.of("select", name));
      widgets.all().resource(widget).create();
    }
    var all = widgets.all().inNamespace(Widgets.NAMESPACE);

    assertThat(names(all.withLabelIn("select", "select-a", "select-b").list().getItems()))
        .containsExactly("select-a", "select-b");
    assertThat(
            names(all.withLabel("select").withLabelNotIn("select", "select-a").list().getItems()))
        .containsExactly("select-b", "select-c");
    assertThat(names(all.withField("metadata.name", "select-c").list().getItems()))
        .containsExactly("select-c");
  }

  private static List<String> names(List<GenericKubernetesResource> items) {
    return items.stream().map(item -> item.getMetadata().getName()).toList();
  }

  private static GenericKubernetesResource withLabel(GenericKubernetesResource widget) {
    widget.getMetadata().setLabels(Map.of("some", "label"));
    return widget;
  }

  private static GenericKubernetesResource with(
      GenericKubernetesResource widget, String field, Object value) {
    var copy = widgets.all().resource(widget).item();
    spec(copy).put(field, value);
    return copy;
  }

  private static Map<String, Object> spec(GenericKubernetesResource widget) {
    return widget.get("spec");
  }
}
