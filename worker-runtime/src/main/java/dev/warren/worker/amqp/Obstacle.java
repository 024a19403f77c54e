package dev.warren.worker.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.MalformedFrameException;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import dev.warren.model.BrokerBinding;
import dev.warren.model.BrokerTls;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// Why a queue is not being consumed.
///
/// @param text in plain words; the same failure always reads the same
/// @param gone whether the queue is not there: expected of a source that was drained and deleted
record Obstacle(String text, boolean gone) {
  /// Why the broker of this binding could not be reached or would not serve.
  static Obstacle of(Throwable failure, BrokerBinding binding) {
    return switch (failure) {
      case AuthenticationFailureException _ -> refused(binding);
      case PossibleAuthenticationFailureException _ -> refused(binding);
      case UnknownHostException _ ->
          of("the broker's host name '%s' is unknown; check the binding".formatted(binding.host()));
      case SSLException e -> untrusted(e, binding);
      default ->
          signal(failure)
              .map(Obstacle::of)
              .orElseGet(
                  () ->
                      of(
                          "the broker at %s:%d cannot be reached: %s"
                              .formatted(binding.host(), binding.port(), failure)));
    };
  }

  /// Why a channel could not be opened or used.
  static Obstacle of(Throwable failure) {
    return signal(failure)
        .map(Obstacle::of)
        .orElseGet(() -> of("no channel could be used: %s".formatted(failure)));
  }

  /// Why a connection or channel ended.
  static Obstacle of(ShutdownSignalException signal) {
    if (signal.getCause() instanceof MalformedFrameException e) {
      return of(
          "a message in the queue cannot be decoded: %s; take it out of the queue"
              .formatted(e.getMessage()));
    }
    return switch (signal.getReason()) {
      case AMQP.Channel.Close close ->
          new Obstacle(
              "the broker closed the channel: %s".formatted(close.getReplyText()),
              close.getReplyCode() == AMQP.NOT_FOUND);
      case AMQP.Connection.Close close ->
          of("the broker closed the connection: %s".formatted(close.getReplyText()));
      case null, default -> of("the connection to the broker was lost");
    };
  }

  /// Any other reason.
  static Obstacle of(String text) {
    return new Obstacle(text, false);
  }

  /// The broker ended the consumer.
  static Obstacle cancelled(String queue) {
    return new Obstacle(
        "the broker cancelled the consumer: queue '%s' was deleted or has lost its node"
            .formatted(queue),
        true);
  }

  private static Obstacle refused(BrokerBinding binding) {
    return of(
        "the broker at %s:%d refused user '%s'; check its password in the binding's Secret"
            .formatted(binding.host(), binding.port(), binding.username()));
  }

  private static Obstacle untrusted(SSLException failure, BrokerBinding binding) {
    return of(
        "the broker at %s:%d cannot be reached by TLS: %s"
            .formatted(binding.host(), binding.port(), BrokerTls.explain(failure, binding.host())));
  }

  /// The client wraps what the broker said.
  private static Optional<ShutdownSignalException> signal(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ShutdownSignalException signal) {
        return Optional.of(signal);
      }
    }
    return Optional.empty();
  }
}
