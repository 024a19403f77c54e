package dev.warren.model;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How one user reaches one vhost: the content of a Secret in the form of the Service Binding
/// specification (servicebinding.io, "provisioned service"), which pods mount as a directory with
/// one file for each entry.
///
/// @param host host name or address of the broker
/// @param port its AMQP port
/// @param vhost name of the vhost, not encoded
/// @param username user with no more rights than it needs
/// @param password its password
/// @param target where a producer publishes; absent from a worker's binding
public record BrokerBinding(
    String host,
    int port,
    String vhost,
    String username,
    String password,
    Optional<Target> target) {

  /// Where to publish tasks.
  ///
  /// @param exchange name of the exchange
  /// @param routingKey a key that is routed to the task queue
  public record Target(String exchange, String routingKey) {}

  private static final int AMQP_PORT = 5672;

  /// Reads entries as {@link #entries()} writes them; other keys are ignored.
  ///
  /// @throws WarrenModelException if an entry is missing or wrong; names all of them
  public static BrokerBinding parse(Map<String, String> entries) {
    var settings = new Settings("broker binding", entries);
    var host = settings.required("host");
    var port = settings.integer("port", 1, 65_535, AMQP_PORT);
    var vhost = settings.required("vhost");
    var username = settings.required("username");
    var password = settings.required("password");
    var target =
        settings
            .optional("exchange")
            .map(exchange -> new Target(exchange, settings.optional("routing-key").orElse("")));
    return settings.build(() -> new BrokerBinding(host, port, vhost, username, password, target));
  }

  /// The Secret's entries, in plain text.
  public Map<String, String> entries() {
    var entries = new TreeMap<String, String>();
    entries.put("type", "rabbitmq");
    entries.put("provider", "warren");
    entries.put("host", host);
    entries.put("port", Integer.toString(port));
    entries.put("vhost", vhost);
    entries.put("username", username);
    entries.put("password", password);
    entries.put("uri", uri().toString());
    target.ifPresent(
        to -> {
          entries.put("exchange", to.exchange());
          entries.put("routing-key", to.routingKey());
        });
    return entries;
  }

  /// The same as an AMQP URI (RabbitMQ URI specification): user, password and vhost are
  /// percent-encoded.
  public URI uri() {
    return URI.create(
        "amqp://%s:%s@%s:%d/%s"
            .formatted(encode(username), encode(password), host, port, encode(vhost)));
  }

  /// Leaves the password out.
  @Override
  public String toString() {
    return "BrokerBinding[%s@%s:%d, vhost '%s']".formatted(username, host, port, vhost);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
