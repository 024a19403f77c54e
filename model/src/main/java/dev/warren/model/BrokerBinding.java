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
/// The specification has no entry for certificates to trust, so they are in `ca.crt`, as in Secrets
/// of type `kubernetes.io/tls`. Its `certificates` and `private-key` are those with which a client
/// shows who it is.
///
/// @param host host name or address of the broker
/// @param port its port for AMQP, or for AMQP in TLS
/// @param vhost name of the vhost, not encoded
/// @param username user with no more rights than it needs
/// @param password its password
/// @param tls how the broker is known, if it is reached by TLS
/// @param target where a producer publishes; absent from a worker's binding
public record BrokerBinding(
    String host,
    int port,
    String vhost,
    String username,
    String password,
    Optional<BrokerTls> tls,
    Optional<Target> target) {

  /// Where to publish tasks.
  ///
  /// @param exchange name of the exchange
  /// @param routingKey a key that is routed to the task queue
  public record Target(String exchange, String routingKey) {}

  /// Entry of a Secret with the certificates of the authorities to trust, in PEM.
  public static final String CA_CERTIFICATES = "ca.crt";

  /// Entry with the certificates that a client shows, its own first, in PEM.
  public static final String CLIENT_CERTIFICATES = "certificates";

  /// Entry with the key of the first of them, in PEM.
  public static final String CLIENT_KEY = "private-key";

  private static final String AMQP = "amqp";
  private static final String AMQPS = "amqps";
  private static final int AMQP_PORT = 5672;
  private static final int AMQPS_PORT = 5671;

  /// Without TLS.
  public BrokerBinding(
      String host,
      int port,
      String vhost,
      String username,
      String password,
      Optional<Target> target) {
    this(host, port, vhost, username, password, Optional.empty(), target);
  }

  /// Reads entries as {@link #entries()} writes them; other keys are ignored. TLS is used when
  /// `uri` begins with `amqps`, or there is no `uri` but there are certificates.
  ///
  /// @throws WarrenModelException if an entry is missing or wrong; names all of them
  public static BrokerBinding parse(Map<String, String> entries) {
    var settings = new Settings("broker binding", entries);
    var host = settings.required("host");
    var tls = tls(settings);
    var port = settings.integer("port", 1, 65_535, tls.isPresent() ? AMQPS_PORT : AMQP_PORT);
    var vhost = settings.required("vhost");
    var username = settings.required("username");
    var password = settings.required("password");
    var target =
        settings
            .optional("exchange")
            .map(exchange -> new Target(exchange, settings.optional("routing-key").orElse("")));
    return settings.build(
        () -> new BrokerBinding(host, port, vhost, username, password, tls, target));
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
    tls.flatMap(BrokerTls::authorities).ifPresent(pem -> entries.put(CA_CERTIFICATES, pem));
    tls.flatMap(BrokerTls::client)
        .ifPresent(
            client -> {
              entries.put(CLIENT_CERTIFICATES, client.certificates());
              entries.put(CLIENT_KEY, client.key());
            });
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
        "%s://%s:%s@%s:%d/%s"
            .formatted(scheme(), encode(username), encode(password), host, port, encode(vhost)));
  }

  /// Leaves the password out.
  @Override
  public String toString() {
    return "BrokerBinding[%s://%s@%s:%d, vhost '%s']"
        .formatted(scheme(), username, host, port, vhost);
  }

  private String scheme() {
    return tls.isPresent() ? AMQPS : AMQP;
  }

  private static Optional<BrokerTls> tls(Settings settings) {
    var authorities = settings.optional(CA_CERTIFICATES);
    var client = client(settings);
    var scheme = settings.optional("uri").map(uri -> uri.replaceFirst(":.*", ""));
    if (scheme.equals(Optional.of(AMQP)) && (authorities.isPresent() || client.isPresent())) {
      var entry = authorities.isPresent() ? CA_CERTIFICATES : CLIENT_CERTIFICATES;
      return settings.problem(
          Optional.empty(),
          "%s is set, but uri does not use TLS; make it amqps or leave %s out"
              .formatted(entry, entry));
    }
    return scheme.equals(Optional.of(AMQPS)) || authorities.isPresent() || client.isPresent()
        ? settings.check(Optional.empty(), () -> Optional.of(new BrokerTls(authorities, client)))
        : Optional.empty();
  }

  private static Optional<ClientCertificate> client(Settings settings) {
    var certificates = settings.optional(CLIENT_CERTIFICATES);
    var key = settings.optional(CLIENT_KEY);
    if (certificates.isPresent() != key.isPresent()) {
      return settings.problem(
          Optional.empty(),
          "of %s and %s one is missing; set both or none"
              .formatted(CLIENT_CERTIFICATES, CLIENT_KEY));
    }
    return certificates.flatMap(
        chain ->
            settings.check(
                Optional.empty(),
                () -> Optional.of(new ClientCertificate(chain, key.orElseThrow()))));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
