package dev.warren.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ShutdownSignalException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CloseReasonTest {
  private final Message message =
      Message.of(NewTask.of("{}").withId("id-1"), TestQueue.TARGET, Instant.now());

  @Test
  void missingOrForbiddenExchangeIsAMatterOfTheAddress() {
    assertThat(closedBy(404, "NOT_FOUND - no exchange 'tasks'").failureOf(message))
        .isInstanceOf(UnroutableTaskException.class)
        .hasMessage(
            "task 'id-1' to exchange 'tasks' with routing key 'picture.uploaded': the broker closed"
                + " the channel (NOT_FOUND - no exchange 'tasks'); create the TaskQueue, or correct"
                + " the exchange, the routing key or the user's permissions, then publish it again");
    assertThat(closedBy(403, "ACCESS_REFUSED").failureOf(message))
        .isInstanceOf(UnroutableTaskException.class);
  }

  @Test
  void anyOtherEndLeavesTheTaskUnconfirmed() {
    assertThat(closedBy(406, "PRECONDITION_FAILED").failureOf(message))
        .isInstanceOf(UnconfirmedTaskException.class);
    assertThat(
            CloseReason.of(new ShutdownSignalException(true, false, null, null)).failureOf(message))
        .isInstanceOf(UnconfirmedTaskException.class)
        .hasMessageContaining("connection lost");
  }

  @Test
  void failureNamesTheTaskAndItsAddress() {
    var failure = closedBy(404, "NOT_FOUND").failureOf(message);

    assertThat(failure.taskId()).isEqualTo("id-1");
    assertThat(failure.exchange()).isEqualTo("tasks");
    assertThat(failure.routingKey()).isEqualTo("picture.uploaded");
  }

  private static CloseReason closedBy(int code, String text) {
    var close = new AMQP.Channel.Close.Builder().replyCode(code).replyText(text).build();
    return CloseReason.of(new ShutdownSignalException(false, false, close, null));
  }
}
