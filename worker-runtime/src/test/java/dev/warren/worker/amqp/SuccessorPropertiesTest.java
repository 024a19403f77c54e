package dev.warren.worker.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.warren.model.TaskHeaders;
import dev.warren.worker.Successor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuccessorPropertiesTest {
  private static final int FRAME_MAX = 131_072;

  @Test
  void keepsWhatTheProducerSaidOfTheTask() {
    var original =
        new BasicProperties.Builder()
            .messageId("t-1")
            .type("image")
            .contentType("text/plain")
            .priority(3)
            .correlationId("c")
            .build();

    var properties = of(original, Map.of("tenant", "x")).numbered(7);

    assertThat(properties.getMessageId()).isEqualTo("t-1");
    assertThat(properties.getType()).isEqualTo("image");
    assertThat(properties.getContentType()).isEqualTo("text/plain");
    assertThat(properties.getPriority()).isEqualTo(3);
    assertThat(properties.getCorrelationId()).isEqualTo("c");
    assertThat(properties.getHeaders()).containsEntry("tenant", "x");
    assertThat(SuccessorProperties.publishNumber(properties)).contains(7L);
  }

  @Test
  void isPersistentAndDropsWhatWasMeantForTheFirstPublishing() {
    var original =
        new BasicProperties.Builder().deliveryMode(1).expiration("5000").userId("producer").build();

    var properties = of(original, Map.of()).numbered(1);

    assertThat(properties.getDeliveryMode()).isEqualTo(2);
    assertThat(properties.getExpiration()).isNull();
    assertThat(properties.getUserId()).isNull();
  }

  @Test
  void leavesOutTheProducersHeadersWhenTheyDoNotFit() {
    var headers = Map.<String, Object>of(TaskHeaders.ATTEMPT, 2, "large", "x".repeat(FRAME_MAX));

    var properties = of(new BasicProperties(), headers).numbered(1);

    assertThat(properties.getHeaders()).containsEntry(TaskHeaders.ATTEMPT, 2);
    assertThat(properties.getHeaders()).doesNotContainKey("large");
  }

  @Test
  void leavesOutTheProducersHeadersWhenTheyAreNestedTooDeep() {
    Object deep = List.of();
    for (int depth = 0; depth < 20_000; depth++) {
      deep = List.of(deep);
    }

    var properties =
        of(new BasicProperties(), Map.of(TaskHeaders.ATTEMPT, 2, "deep", deep)).numbered(1);

    assertThat(properties.getHeaders()).containsEntry(TaskHeaders.ATTEMPT, 2);
    assertThat(properties.getHeaders()).doesNotContainKey("deep");
  }

  @Test
  void leavesOutAHeaderOfWarrensThatAProducerHasMadeTooLarge() {
    var headers =
        Map.<String, Object>of(
            TaskHeaders.ATTEMPT, 2, TaskHeaders.ERROR_MESSAGE, "x".repeat(FRAME_MAX));

    var properties = of(new BasicProperties(), headers).numbered(1);

    assertThat(properties.getHeaders()).containsEntry(TaskHeaders.ATTEMPT, 2);
    assertThat(properties.getHeaders()).doesNotContainKey(TaskHeaders.ERROR_MESSAGE);
  }

  @Test
  void cutsTextsThatAreLongerThanTheyMayBeWritten() {
    var wasNoUtf8 = "\uFFFD".repeat(255);
    var original = new BasicProperties.Builder().messageId(wasNoUtf8).build();

    var properties = of(original, Map.of(TaskHeaders.ATTEMPT, 2)).numbered(1);

    assertThat(wasNoUtf8).startsWith(properties.getMessageId());
    assertThat(properties.getMessageId()).hasSize(85);
  }

  private static SuccessorProperties of(BasicProperties original, Map<String, Object> headers) {
    return SuccessorProperties.of(
        original, new Successor("exchange", "key", Map.copyOf(headers)), 10, FRAME_MAX);
  }
}
