package dev.warren.local.operator;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownSignalException;
import dev.warren.model.TaskHeaders;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/// Takes dead letters out of all dead-letter queues of a cluster and enters them in a ledger. For
/// one thread.
final class DeadLetters {
  private final TestCluster cluster;
  private final ManagementUi ui;
  private final Ledger ledger;

  DeadLetters(TestCluster cluster, Ledger ledger) {
    this.cluster = cluster;
    this.ledger = ledger;
    ui = new ManagementUi(cluster.broker(), cluster.namespace());
  }

  /// Takes what is there.
  void take() throws IOException, TimeoutException {
    try (var connection = Traffic.connect(cluster.broker())) {
      for (var queue : ui.queues()) {
        if (queue.endsWith(".dlq")) {
          takeIfThere(connection.createChannel(), queue);
        }
      }
    }
  }

  /// A queue of a former generation may go at any time.
  private void takeIfThere(Channel channel, String queue) throws IOException {
    try {
      take(channel, queue);
    } catch (IOException e) {
      if (channel.isOpen() || !isNotFound(channel.getCloseReason())) {
        throw e;
      }
    }
  }

  private static boolean isNotFound(ShutdownSignalException why) {
    return why.getReason() instanceof AMQP.Channel.Close close
        && close.getReplyCode() == AMQP.NOT_FOUND;
  }

  private void take(Channel channel, String queue) throws IOException {
    for (GetResponse found = channel.basicGet(queue, true);
        found != null;
        found = channel.basicGet(queue, true)) {
      ledger.buried(found.getProps().getMessageId(), died(found));
    }
  }

  /// When a worker gave it up; now, if the broker did.
  private static Instant died(GetResponse letter) {
    return Optional.ofNullable(letter.getProps().getHeaders())
        .map(headers -> headers.get(TaskHeaders.ERROR_TIME))
        .filter(Long.class::isInstance)
        .map(time -> Instant.ofEpochMilli((Long) time))
        .orElseGet(Instant::now);
  }
}
