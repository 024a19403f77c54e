package dev.warren.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.warren.model.BrokerBinding;
import dev.warren.model.TaskHeaders;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MessageTest {
  private static final BrokerBinding.Target TARGET =
      new BrokerBinding.Target("tasks", "picture.uploaded");

  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);

  @Test
  void goesToTheTargetUnlessTheTaskNamesARoutingKey() {
    assertThat(message(NewTask.of("{}")).routingKey()).isEqualTo("picture.uploaded");
    assertThat(message(NewTask.of("{}").withRoutingKey("other")).routingKey()).isEqualTo("other");
  }

  @Test
  void isPersistentAndSaysWhenItWasEnqueued() {
    var properties = message(NewTask.of("{}").withHeader("tenant", "acme")).properties();

    assertThat(properties.getDeliveryMode()).isEqualTo(2);
    assertThat(properties.getHeaders())
        .containsEntry("tenant", "acme")
        .containsEntry(TaskHeaders.ENQUEUED_AT, 1_700_000_000_000L)
        .hasSize(2);
  }

  @Test
  void leavesOutATypeThatTheTaskDoesNotName() {
    assertThat(message(NewTask.of("{}")).properties().getType()).isNull();
  }

  @Test
  void refusesHeaderOfATypeThatAmqpDoesNotKnow() {
    var task = NewTask.of("{}").withId("odd").withHeader("thread", Thread.currentThread());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> message(task))
        .withMessageStartingWith("task 'odd' cannot be sent:");
  }

  @Test
  void refusesNameTooLongForAmqp() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> message(NewTask.of("{}").withRoutingKey("k".repeat(256))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> message(NewTask.of("{}").withId("i".repeat(256))));
  }

  @Test
  void refusesHeadersThatDoNotFitIntoOneFrame() {
    var task = NewTask.of("{}").withHeader("essay", "e".repeat(131_072));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> message(task))
        .withMessageContaining("headers exceed 128 KiB");
  }

  private static Message message(NewTask task) {
    return Message.of(task, TARGET, NOW);
  }
}
