package dev.warren.operator.taskqueue;

import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Resources.broker;
import static dev.warren.operator.testing.Resources.created;
import static dev.warren.operator.testing.Resources.queue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskQueue;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimsTest {
  @Test
  void areTheSettingsOfEachOwner() {
    var younger = created(queue("media", "young", "queueName: image-resize"), NOW.plusSeconds(1));

    assertThat(claims(queue("{}"), younger, queue("media", "other", "{}")).settings())
        .extracting(QueueSettings::name)
        .containsExactly("image-resize", "other");
  }

  @Test
  void areOfOneVhost() {
    assertThat(claims(queue("web", "image-resize", "{}")).settings()).isEmpty();
  }

  @Test
  void areIncompleteWhileASpecIsNotInOrder() {
    var claims = claims(queue("{}"), queue("media", "other", "messageTtl: soon"));

    assertThat(claims.complete()).isFalse();
    assertThat(claims.settings()).hasSize(1);
  }

  @Test
  void needTheDelayLanesOfAllRetryPlans() {
    var claims =
        claims(
            queue("retry: {maxAttempts: 2, jitter: 0}"),
            queue(
                "media",
                "other",
                "type: Classic\nretry: {maxAttempts: 2, initialDelay: 5s, jitter: 0.1}"));

    assertThat(claims.complete()).isTrue();
    assertThat(claims.delayLanes())
        .containsExactlyInAnyOrder(
            "warren.delay.1000.0.quorum", "warren.delay.5000.0", "warren.delay.5000.1");
  }

  private static Claims claims(TaskQueue... queues) {
    return Claims.of("media", broker(""), List.of(queues));
  }
}
