package dev.warren.client;

import dev.warren.model.BrokerBinding;
import dev.warren.model.BrokerTls;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/// Where and how a {@link TaskPublisher} publishes. Make one from a binding or an AMQP URI, and
/// change what should not be as it is by default.
///
/// @param broker asked for each connection, because credentials and authorities rotate
/// @param target exchange of every task, and the routing key of those that name none
/// @param window how many tasks may await their confirm at a time, 1 to 1,000,000; a full window
///   makes the next publisher wait
/// @param sendTimeout the longest that a task waits for a place in the window, for the connection
///   and while the broker takes no messages
/// @param confirmTimeout the longest that a task waits for its confirm once it is sent
/// @param closeTimeout the longest that closing waits for outstanding tasks
public record PublisherSettings(
    Supplier<BrokerAddress> broker,
    BrokerBinding.Target target,
    int window,
    Duration sendTimeout,
    Duration confirmTimeout,
    Duration closeTimeout) {
  /// Tasks awaiting their confirm: more do not make it faster.
  public static final int DEFAULT_WINDOW = 1_000;

  /// For each of the three waits.
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  private static final int MAX_WINDOW = 1_000_000;
  private static final int MAX_NAME_LENGTH = 255;
  private static final Duration MAX_TIMEOUT = Duration.ofHours(1);

  public PublisherSettings {
    requireName("exchange", target.exchange());
    requireName("routing key", target.routingKey());
    if (window < 1 || window > MAX_WINDOW) {
      throw new IllegalArgumentException("window is %d; use 1 to %d".formatted(window, MAX_WINDOW));
    }
    requireTimeout("sendTimeout", sendTimeout);
    requireTimeout("confirmTimeout", confirmTimeout);
    requireTimeout("closeTimeout", closeTimeout);
  }

  /// Publishes where this binding says.
  ///
  /// @throws IllegalArgumentException if it names no exchange, as a worker's does
  public static PublisherSettings of(BrokerBinding binding) {
    return of(() -> BrokerAddress.of(binding), target(binding));
  }

  /// Publishes where the binding in this mounted directory says. Its credentials and the
  /// authorities to trust are read anew for each connection, exchange and routing key only now.
  ///
  /// @throws java.io.UncheckedIOException if the directory cannot be read
  /// @throws dev.warren.model.WarrenModelException if it holds no usable binding
  /// @throws IllegalArgumentException if the binding names no exchange, as a worker's does
  public static PublisherSettings of(Path bindingDirectory) {
    return of(
        () -> BrokerAddress.of(BindingDirectory.read(bindingDirectory)),
        target(BindingDirectory.read(bindingDirectory)));
  }

  /// Publishes to this exchange of this broker, which the JVM trusts if TLS is used.
  ///
  /// @param broker `amqp` or `amqps` URI with user, password and vhost, percent-encoded
  public static PublisherSettings of(URI broker, String exchange, String routingKey) {
    return of(broker, BrokerTls.OF_JVM, exchange, routingKey);
  }

  /// The same with authorities of its own to trust.
  ///
  /// @param broker `amqps` URI with user, password and vhost, percent-encoded
  public static PublisherSettings of(
      URI broker, BrokerTls tls, String exchange, String routingKey) {
    var address = new BrokerAddress(broker, tls);
    return of(() -> address, new BrokerBinding.Target(exchange, routingKey));
  }

  public PublisherSettings withWindow(int window) {
    return new PublisherSettings(broker, target, window, sendTimeout, confirmTimeout, closeTimeout);
  }

  public PublisherSettings withSendTimeout(Duration sendTimeout) {
    return new PublisherSettings(broker, target, window, sendTimeout, confirmTimeout, closeTimeout);
  }

  public PublisherSettings withConfirmTimeout(Duration confirmTimeout) {
    return new PublisherSettings(broker, target, window, sendTimeout, confirmTimeout, closeTimeout);
  }

  public PublisherSettings withCloseTimeout(Duration closeTimeout) {
    return new PublisherSettings(broker, target, window, sendTimeout, confirmTimeout, closeTimeout);
  }

  /// Leaves the credentials out.
  @Override
  public String toString() {
    return "PublisherSettings[%s, window %d]".formatted(target, window);
  }

  private static PublisherSettings of(Supplier<BrokerAddress> broker, BrokerBinding.Target target) {
    return new PublisherSettings(
        broker, target, DEFAULT_WINDOW, DEFAULT_TIMEOUT, DEFAULT_TIMEOUT, DEFAULT_TIMEOUT);
  }

  private static BrokerBinding.Target target(BrokerBinding binding) {
    return binding
        .target()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the binding names no exchange; use the TaskQueue's binding, not a worker's"));
  }

  private static void requireName(String what, String name) {
    if (name.length() > MAX_NAME_LENGTH) {
      throw new IllegalArgumentException(
          "%s '%s' is too long; use %d characters at most".formatted(what, name, MAX_NAME_LENGTH));
    }
  }

  private static void requireTimeout(String what, Duration time) {
    if (time.isNegative() || time.isZero() || time.compareTo(MAX_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          "%s is %s; use more than 0 and at most %s".formatted(what, time, MAX_TIMEOUT));
    }
  }
}
