package dev.warren.local.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-broker")
class PagingIT {
  private static Widgets widgets;

  @BeforeAll
  static void start() {
    widgets = new Widgets();
    IntStream.range(0, 25).forEach(number -> create("map-%02d".formatted(number)));
  }

  @AfterAll
  static void stop() {
    widgets.close();
  }

  @Test
  void givesEachObjectOnOnePage() {
    var names = new ArrayList<String>();
    var remaining = new ArrayList<Long>();
    var token = "";
    do {
      var page = page(10, token);
      page.getItems().forEach(map -> names.add(map.getMetadata().getName()));
      remaining.add(page.getMetadata().getRemainingItemCount());
      token = page.getMetadata().getContinue();
    } while (token != null);

    assertThat(names).hasSize(25).doesNotHaveDuplicates().isSorted();
    assertThat(remaining).containsExactly(15L, 5L, null);
  }

  @Test
  void watchFromTheVersionOfThePagesMissesNoChangeBetweenThem() {
    var events = new CopyOnWriteArrayList<String>();
    var first = page(10, "");
    create("map-00-late").delete();
    var second = page(20, first.getMetadata().getContinue());

    try (var _ =
        all()
            .withResourceVersion(second.getMetadata().getResourceVersion())
            .watch(recording(events))) {
      await().until(() -> events.size() >= 2);
    }

    assertThat(second.getMetadata().getResourceVersion())
        .isEqualTo(first.getMetadata().getResourceVersion());
    assertThat(events).containsExactly("ADDED map-00-late", "DELETED map-00-late");
  }

  @Test
  void refusesATokenThatItDidNotGive() {
    var failure = catchThrowableOfType(KubernetesClientException.class, () -> page(10, "next"));

    assertThat(failure.getCode()).isEqualTo(400);
  }

  private static ConfigMapList page(long limit, String token) {
    var options = new ListOptionsBuilder().withLimit(limit);
    return all().list((token.isEmpty() ? options : options.withContinue(token)).build());
  }

  private static FilterWatchListDeletable<ConfigMap, ConfigMapList, Resource<ConfigMap>> all() {
    return widgets.client().configMaps().inNamespace(Widgets.NAMESPACE).withLabel("paged");
  }

  private static Resource<ConfigMap> create(String name) {
    var map =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(Widgets.NAMESPACE)
            .withLabels(Map.of("paged", "yes"))
            .endMetadata()
            .build();
    var resource = widgets.client().resource(map);
    resource.create();
    return resource;
  }

  private static Watcher<ConfigMap> recording(List<String> events) {
    return new Watcher<>() {
      @Override
      public void eventReceived(Action action, ConfigMap map) {
        events.add(action + " " + map.getMetadata().getName());
      }

      @Override
      public void onClose(WatcherException cause) {}
    };
  }
}
