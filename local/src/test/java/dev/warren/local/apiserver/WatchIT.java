package dev.warren.local.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-broker")
class WatchIT {
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
  void informerSeesEachChangeOnce() {
    var events = new CopyOnWriteArrayList<String>();
    labelled("before", "each").create();
    try (var _ = watched("each").inform(recording(events))) {
      var widget = labelled("during", "each");
      widget.create();
      widget.update();
      widget.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"color\":\"Green\"}}");
      widget.delete();

      await().until(() -> events.contains("deleted during"));
    }
    assertThat(events)
        .containsExactly("added before", "added during", "updated during", "deleted during");
  }

  @Test
  void watcherSeesAnObjectGoThatNoLongerMatches() {
    var events = new CopyOnWriteArrayList<String>();
    var widget = labelled("leaving", "yes");
    widget.create();
    try (var _ = watched("yes").inform(recording(events))) {
      widget.patch(
          PatchContext.of(PatchType.JSON_MERGE),
          "{\"metadata\":{\"labels\":{\"watched\":\"no\"}}}");

      await().until(() -> events.contains("deleted leaving"));
    }
    assertThat(events).containsExactly("added leaving", "deleted leaving");
  }

  @Test
  void refusesToResumeFromAForgottenVersion() throws Exception {
    var uri = URI.create(widgets.server().url() + "/api/v1/pods?watch=true&resourceVersion=17");
    try (var http = HttpClient.newHttpClient()) {
      var lines = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofLines()).body();

      assertThat(lines.toList())
          .singleElement()
          .asString()
          .contains("\"type\":\"ERROR\"", "\"code\":410");
    }
  }

  @Test
  void answersNothingOutsideItsSecretPath() throws Exception {
    var uri = widgets.server().url().resolve("/api/v1/namespaces");
    try (var http = HttpClient.newHttpClient()) {
      var answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).doesNotContain("kube-system");
    }
  }

  private static Resource<GenericKubernetesResource> labelled(String name, String label) {
    var widget = widgets.widget(name, "{color: Red}").item();
    widget.getMetadata().setLabels(Map.of("watched", label));
    return widgets.all().resource(widget);
  }

  private static Informable<GenericKubernetesResource> watched(String label) {
    return widgets.all().inNamespace(Widgets.NAMESPACE).withLabelIn("watched", label);
  }

  private static ResourceEventHandler<GenericKubernetesResource> recording(List<String> events) {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(GenericKubernetesResource widget) {
        events.add("added " + widget.getMetadata().getName());
      }

      @Override
      public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
        events.add("updated " + after.getMetadata().getName());
      }

      @Override
      public void onDelete(GenericKubernetesResource widget, boolean unknown) {
        events.add("deleted " + widget.getMetadata().getName());
      }
    };
  }
}
