package dev.warren.worker.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.MalformedFrameException;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import dev.warren.model.BrokerBinding;
import java.net.UnknownHostException;
import java.util.Optional;

/// Says in plain words why a pod is not consuming. Pure; the same failure always reads the same.
final class Obstacle {
  private Obstacle() {}

  /// Why the broker of this binding could not be reached or would not serve.
  static String describe(Throwable failure, BrokerBinding binding) {
    return switch (failure) {
      case AuthenticationFailureException _ -> refused(binding);
      case PossibleAuthenticationFailureException _ -> refused(binding);
      case UnknownHostException _ ->
          "the broker's host name '%s' is unknown; check the binding".formatted(binding.host());
      default ->
          signal(failure).map(Obstacle::describe).orElseGet(() -> unreachable(failure, binding));
    };
  }

  /// Why a connection or channel ended.
  static String describe(ShutdownSignalException signal) {
    if (signal.getCause() instanceof MalformedFrameException e) {
      return "a message in the queue cannot be decoded: %s; take it out of the queue"
          .formatted(e.getMessage());
    }
    return switch (signal.getReason()) {
      case AMQP.Channel.Close close ->
          "the broker closed the channel: %s".formatted(close.getReplyText());
      case AMQP.Connection.Close close ->
          "the broker closed the connection: %s".formatted(close.getReplyText());
      case null, default -> "the connection to the broker was lost";
    };
  }

  /// The broker ended the consumer.
  static String cancelled(String queue) {
    return "the broker cancelled the consumer: queue '%s' was deleted or has lost its node"
        .formatted(queue);
  }

  private static String refused(BrokerBinding binding) {
    return "the broker at %s:%d refused user '%s'; check its password in the binding's Secret"
        .formatted(binding.host(), binding.port(), binding.username());
  }

  private static String unreachable(Throwable failure, BrokerBinding binding) {
    return "the broker at %s:%d cannot be reached: %s"
        .formatted(binding.host(), binding.port(), failure);
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
