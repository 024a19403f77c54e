package dev.warren.client;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConfirmCallback;
import com.rabbitmq.client.Return;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A channel in confirm mode, from its opening to its end, and the tasks sent on it. Many threads
/// send; the lock makes of "which tag comes next" and "send" one step. The broker client's reading
/// thread settles, and takes no lock that is held while sending.
final class ConfirmChannel {
  private final BrokerConnection connection;
  private final Channel channel;
  private final Duration confirmTimeout;
  private final Confirms confirms = new Confirms();
  private final ReentrantLock sending = new ReentrantLock();

  /// When the thread that is sending should have been done; written under the lock, read by the
  /// thread that expires.
  private volatile @Nullable Deadline sendingUntil;

  private ConfirmChannel(BrokerConnection connection, Channel channel, Duration confirmTimeout) {
    this.connection = connection;
    this.channel = channel;
    this.confirmTimeout = confirmTimeout;
  }

  /// Opens a channel of this connection.
  ///
  /// @param whenClosed called once, on any thread, before the tasks that were sent on it fail
  static ConfirmChannel open(
      BrokerConnection connection,
      Duration confirmTimeout,
      BiConsumer<ConfirmChannel, CloseReason> whenClosed)
      throws IOException {
    var channel = connection.openChannel();
    var opened = new ConfirmChannel(connection, channel, confirmTimeout);
    ConfirmCallback refused =
        (tag, upTo) -> opened.settle(tag, upTo, task -> task.fail(rejection(task.message())));
    channel.addConfirmListener((tag, upTo) -> opened.settle(tag, upTo, Pending::confirm), refused);
    channel.addReturnListener(opened::returned);
    channel.confirmSelect();
    channel.addShutdownListener(signal -> opened.closed(signal, whenClosed));
    return opened;
  }

  /// Sends a task and sees to it that it is settled.
  ///
  /// @return false if this channel did not take it, because it is closed or remained busy
  boolean send(Pending task, Deadline deadline) throws InterruptedException {
    if (!sending.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    try {
      var confirmBy = Deadline.in(confirmTimeout);
      var tag = channel.getNextPublishSeqNo();
      sendingUntil = confirmBy;
      return confirms.add(tag, task, confirmBy) && write(tag, task);
    } finally {
      sendingUntil = null;
      sending.unlock();
    }
  }

  /// Gives up on confirms that are overdue, and on the connection if the broker has stopped reading
  /// while a thread was sending, which nothing else would free.
  void expire() {
    for (var task : confirms.takeExpired()) {
      task.fail(
          new UnconfirmedTaskException(task.message(), "the broker did not confirm it in time"));
    }
    var until = sendingUntil;
    if (until != null && until.hasPassed()) {
      connection.sever();
    }
  }

  private boolean write(long tag, Pending task) {
    var message = task.message();
    try {
      channel.basicPublish(
          message.exchange(), message.routingKey(), true, message.properties(), message.body());
      return true;
    } catch (AlreadyClosedException e) {
      // Nothing was sent: still ours, unless the closing has settled it as unconfirmed.
      return confirms.take(tag, false).isEmpty();
    } catch (IOException | RuntimeException e) {
      // Half a task may be on the wire, and the channel's count of messages is in doubt.
      connection.sever();
      settle(tag, false, mine -> mine.fail(lost(mine.message(), e)));
      return true;
    }
  }

  private void settle(long tag, boolean upTo, Consumer<Pending> how) {
    confirms.take(tag, upTo).forEach(how);
  }

  private void returned(Return message) {
    confirms
        .takeReturned(message.getProperties().getMessageId(), message.getRoutingKey())
        .ifPresent(
            task ->
                task.fail(
                    new UnroutableTaskException(
                        task.message(),
                        "no queue takes it (%s)".formatted(message.getReplyText()))));
  }

  private void closed(
      ShutdownSignalException signal, BiConsumer<ConfirmChannel, CloseReason> whenClosed) {
    var reason = CloseReason.of(signal);
    whenClosed.accept(this, reason);
    for (var task : confirms.close()) {
      task.fail(reason.failureOf(task.message()));
    }
  }

  private static RejectedTaskException rejection(Message message) {
    return new RejectedTaskException(message, "the broker refused it");
  }

  private static UnconfirmedTaskException lost(Message message, Exception cause) {
    return new UnconfirmedTaskException(
        message, "the connection failed while it was sent (%s)".formatted(cause));
  }
}
