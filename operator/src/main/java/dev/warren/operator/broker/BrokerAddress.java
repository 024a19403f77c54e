package dev.warren.operator.broker;

import dev.warren.model.BrokerTls;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Where a RabbitMQ is, and an administrator's credentials: the content of a TaskBroker's Secret.
///
/// @param amqpHost host that producers and workers connect to
/// @param amqpPort its port
/// @param tls whether that port speaks TLS
/// @param management base of the management API, without credentials; with the path before `/api`,
///   if it has one
/// @param metrics base of what its Prometheus plugin serves, with credentials if it has any; empty
///   if it is not to be asked
/// @param trust for connections by TLS
public record BrokerAddress(
    String amqpHost,
    int amqpPort,
    boolean tls,
    URI management,
    Optional<URI> metrics,
    String username,
    String password,
    Trust trust) {
  private static final int AMQP_PORT = 5672;
  private static final int AMQPS_PORT = 5671;
  private static final int METRICS_PORT = 15692;
  private static final int METRICS_TLS_PORT = 15691;
  private static final int MAX_PORT = 65_535;

  /// Reads the keys `uri` and `managementUri` of a Secret; trusts whom the JVM trusts.
  ///
  /// @throws IllegalArgumentException as {@link #parse(Map, Trust)} does
  public static BrokerAddress parse(Map<String, String> secret) {
    return parse(secret, Trust.OF_JVM);
  }

  /// Reads the keys `uri`, `managementUri` and, if it is there, `metricsUri` of a Secret.
  ///
  /// @throws IllegalArgumentException if one of the first two is missing or is no URI with user and
  ///   password, or the last is no URI; names the key and never the value, which is secret
  public static BrokerAddress parse(Map<String, String> secret, Trust trust) {
    var amqp = uri(secret, "uri", List.of("amqp", "amqps"));
    var tls = amqp.getScheme().equals("amqps");
    var management = uri(secret, "managementUri", List.of("http", "https"));
    var credentials = management.getRawUserInfo().split(":", 2);
    return new BrokerAddress(
        amqp.getHost(),
        port(amqp, tls),
        tls,
        URI.create(management.getScheme() + "://" + authority(management) + prefix(management)),
        Optional.ofNullable(secret.get("metricsUri")).map(BrokerAddress::metricsUri),
        decode(credentials[0]),
        decode(credentials[1]),
        trust);
  }

  /// How producers and workers know the broker, if they connect by TLS.
  public Optional<BrokerTls> tlsOfTenants() {
    return tls ? Optional.of(trust.ofTenants()) : Optional.empty();
  }

  /// Leaves the password out.
  @Override
  public String toString() {
    return "%s@%s:%d, %s".formatted(username, amqpHost, amqpPort, management);
  }

  private static int port(URI amqp, boolean tls) {
    if (amqp.getPort() >= 0) {
      return amqp.getPort();
    }
    return tls ? AMQPS_PORT : AMQP_PORT;
  }

  private static URI uri(Map<String, String> secret, String key, List<String> schemes) {
    var text = secret.get(key);
    if (text == null) {
      throw new IllegalArgumentException(
          "key '%s' is missing; set it to %s://user:password@host:port"
              .formatted(key, schemes.getFirst()));
    }
    try {
      var uri = URI.create(text.strip());
      if (schemes.contains(Objects.requireNonNullElse(uri.getScheme(), ""))
          && uri.getHost() != null
          && uri.getRawUserInfo() != null
          && uri.getRawUserInfo().contains(":")
          && uri.getPort() <= MAX_PORT) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Falls through: the cause's message would quote the secret value.
    }
    throw new IllegalArgumentException(
        "key '%s' is not %s://user:password@host:port; percent-encode what is special in user and password"
            .formatted(key, String.join(" or ", schemes)));
  }

  private static URI metricsUri(String text) {
    try {
      var uri = URI.create(text.strip());
      var scheme = Objects.requireNonNullElse(uri.getScheme(), "");
      if (List.of("http", "https").contains(scheme)
          && uri.getHost() != null
          && uri.getPort() <= MAX_PORT) {
        var port = scheme.equals("https") ? METRICS_TLS_PORT : METRICS_PORT;
        var user = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo() + "@";
        return URI.create(
            scheme
                + "://"
                + user
                + uri.getHost()
                + ":"
                + (uri.getPort() < 0 ? port : uri.getPort()));
      }
    } catch (IllegalArgumentException e) {
      // Falls through: the cause's message would quote the secret value.
    }
    throw new IllegalArgumentException(
        "key 'metricsUri' is not http://host:15692 or https://host:15691; leave it out where the Prometheus plugin is not to be asked");
  }

  private static String authority(URI uri) {
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }

  /// As RabbitMQ's `management.path_prefix` says, or a proxy.
  private static String prefix(URI uri) {
    var path = uri.getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
