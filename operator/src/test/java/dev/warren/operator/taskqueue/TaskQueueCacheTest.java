package dev.warren.operator.taskqueue;

import static dev.warren.operator.testing.Resources.broker;
import static dev.warren.operator.testing.Resources.queue;
import static dev.warren.operator.testing.Resources.reconciled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskQueue;
import dev.warren.operator.broker.Affected;
import dev.warren.operator.broker.VhostChange;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TaskQueueCacheTest {
  private final TaskQueue resize = queue("{}");
  private final TaskQueue twin = queue("media", "twin", "queueName: image-resize");
  private final TaskQueue page = queue("web", "page", "exchange: {name: pages}");
  private final TaskQueue other = queue("media", "other", "broker: other");

  @Test
  void knowsWhoMayStandInTheWayInAVhostOfItsOwn() {
    var neighbours = cache(resize, twin, page, other).neighbours(resize, broker(""));

    assertThat(neighbours.sameName()).containsExactly(resize, twin);
    assertThat(neighbours.sameExchange()).isEmpty();
    assertThat(neighbours.sameNamespace()).isEmpty();
  }

  @Test
  void knowsWhoSharesAnExchangeOfASharedVhost() {
    var sharing = queue("web", "image", "{}");
    var dead = queue("web", "dead", "exchange: {name: x}\ndeadLetter: {exchange: tasks}");

    assertThat(
            cache(resize, page, sharing, dead, other)
                .neighbours(resize, broker(Settings.SHARED))
                .sameExchange())
        .containsExactly(resize, sharing, dead);
  }

  @Test
  void countsANamespaceWhereThereIsACeiling() {
    assertThat(
            cache(resize, twin, page, other)
                .neighbours(resize, broker("ceilings: {queuesPerNamespace: 5}"))
                .sameNamespace())
        .containsExactly(resize, twin);
  }

  @Test
  void findsTheTaskQueuesOfAVhost() {
    var cache = cache(resize, page, other);

    assertThat(cache.inVhost(broker(""), "media")).containsExactly(resize);
    assertThat(cache.inVhost(broker(Settings.SHARED), "shared")).containsExactly(resize, page);
    assertThat(cache.inVhost(broker(Settings.SHARED), "media")).isEmpty();
  }

  @Test
  void findsWhomAReadingConcerns() {
    var cache = cache(reconciled(resize), reconciled(page));

    assertThat(touched(cache, "media", "image-resize")).containsExactly(id(resize));
    assertThat(touched(cache, "media", "image-resize.dlq")).containsExactly(id(resize));
    assertThat(touched(cache, "media", "page")).isEmpty();
    assertThat(touched(cache, "web", "page")).containsExactly(id(page));
    assertThat(touched(cache, "web", "page.g2")).isEmpty();
  }

  @Test
  void findsWhomAReadingConcernsThatWasNeverMade() {
    assertThat(touched(cache(resize, page), "media", "image-resize")).containsExactly(id(resize));
  }

  @Test
  void findsAllOfATaskBroker() {
    assertThat(cache(resize, page, other).ofBroker(broker("")))
        .containsExactlyInAnyOrder(id(resize), id(page));
  }

  private static TaskQueueCache cache(TaskQueue... queues) {
    return CachedQueues.of(List.of(queues));
  }

  private static Set<ResourceID> touched(TaskQueueCache cache, String vhost, String queue) {
    return cache.touchedBy(new VhostChange("default", vhost, new Affected.Some(Set.of(queue))));
  }

  private static ResourceID id(TaskQueue queue) {
    return ResourceID.fromResource(queue);
  }
}
