package dev.warren.client;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ShutdownSignalException;
import java.util.Optional;

/// Why a channel or a connection closed.
///
/// @param code AMQP reply code, or 0 when the broker gave none
/// @param text for people
record CloseReason(int code, String text) {
  static CloseReason of(ShutdownSignalException signal) {
    var method = signal.getReason();
    if (method instanceof AMQP.Channel.Close close) {
      return new CloseReason(
          close.getReplyCode(),
          "the broker closed the channel (%s)".formatted(close.getReplyText()));
    }
    if (method instanceof AMQP.Connection.Close close && !signal.isInitiatedByApplication()) {
      return new CloseReason(
          close.getReplyCode(),
          "the broker closed the connection (%s)".formatted(close.getReplyText()));
    }
    return new CloseReason(
        0, signal.isInitiatedByApplication() ? "the publisher was closed" : "connection lost");
  }

  /// What this means for a task whose confirm had not come. The publisher uses one exchange, so
  /// that a missing or forbidden one concerns them all.
  WarrenClientException failureOf(Message message) {
    return code == AMQP.NOT_FOUND || code == AMQP.ACCESS_REFUSED
        ? new UnroutableTaskException(message, text)
        : new UnconfirmedTaskException(message, text);
  }

  /// In one line, why no connection could be made.
  static String ofFailedConnect(Exception failure) {
    return failure.getClass().getSimpleName()
        + Optional.ofNullable(failure.getMessage()).map(message -> ": " + message).orElse("");
  }
}
