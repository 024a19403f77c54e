package dev.warren.worker.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ObstacleTest {
  @Test
  void aMissingQueueIsGone() {
    var failure = new IOException(closed(404, "NOT_FOUND - no queue 'a' in vhost 'v'"));

    assertThat(Obstacle.of(failure))
        .isEqualTo(
            new Obstacle(
                "the broker closed the channel: NOT_FOUND - no queue 'a' in vhost 'v'", true));
  }

  @Test
  void aQueueThatWasDeletedIsGone() {
    assertThat(Obstacle.cancelled("a").gone()).isTrue();
  }

  @Test
  void aQueueThatMayNotBeConsumedIsNotGone() {
    assertThat(Obstacle.of(closed(403, "ACCESS_REFUSED")).gone()).isFalse();
    assertThat(Obstacle.of(closed(406, "PRECONDITION_FAILED")).gone()).isFalse();
  }

  @Test
  void aLostConnectionIsNotTheQueuesFault() {
    assertThat(Obstacle.of(new ShutdownSignalException(true, false, null, null)))
        .isEqualTo(new Obstacle("the connection to the broker was lost", false));
  }

  private static ShutdownSignalException closed(int code, String text) {
    var close = new AMQP.Channel.Close.Builder().replyCode(code).replyText(text).build();
    return new ShutdownSignalException(false, false, close, null);
  }
}
