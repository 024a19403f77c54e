package dev.warren.worker.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import dev.warren.worker.Successor;
import java.io.IOException;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;

/// Publishes successors, `mandatory` and confirmed. Any number of virtual threads may call it, each
/// waiting for its own confirm while the others' are on the way; the channel is guarded by this
/// object's monitor.
final class SuccessorPublisher {
  private final Channel channel;
  private final int frameMax;

  /// Publishings that the broker has not answered, by publish number. Completed with whether the
  /// broker has the message.
  private final NavigableMap<Long, CompletableFuture<Boolean>> unanswered =
      new ConcurrentSkipListMap<>();

  /// Written once, by whoever learns that the channel is gone; read after every publishing.
  private volatile boolean gone;

  SuccessorPublisher(Channel channel) throws IOException {
    this.channel = channel;
    this.frameMax = channel.getConnection().getFrameMax();
    channel.addReturnListener(
        returned -> refused(SuccessorProperties.publishNumber(returned.getProperties())));
    channel.addConfirmListener(
        (number, multiple) -> answer(number, multiple, true),
        (number, multiple) -> answer(number, multiple, false));
    channel.confirmSelect();
  }

  /// Publishes a successor of the message with these properties and this body; whether the broker
  /// has it in a queue.
  boolean publish(Successor successor, BasicProperties original, byte[] body)
      throws InterruptedException {
    var properties = SuccessorProperties.of(original, successor, body.length, frameMax);
    var answer = new CompletableFuture<Boolean>();
    send(successor, properties, body, answer);
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The channel is gone: nobody will answer.
  void breakOff() {
    gone = true;
    unanswered.values().forEach(answer -> answer.complete(false));
  }

  private synchronized void send(
      Successor successor,
      SuccessorProperties properties,
      byte[] body,
      CompletableFuture<Boolean> answer) {
    long number = channel.getNextPublishSeqNo();
    unanswered.put(number, answer);
    try {
      channel.basicPublish(
          successor.exchange(), successor.routingKey(), true, properties.numbered(number), body);
    } catch (IOException | AlreadyClosedException _) {
      breakOff();
    }
    if (gone) {
      unanswered.remove(number);
      answer.complete(false);
    }
  }

  private void answer(long number, boolean multiple, boolean confirmed) {
    var answered =
        multiple ? unanswered.headMap(number, true) : unanswered.subMap(number, true, number, true);
    answered.values().forEach(answer -> answer.complete(confirmed));
    answered.clear();
  }

  /// The broker returns an unroutable message before it confirms it.
  private void refused(Optional<Long> number) {
    number.map(unanswered::remove).ifPresent(answer -> answer.complete(false));
  }
}
