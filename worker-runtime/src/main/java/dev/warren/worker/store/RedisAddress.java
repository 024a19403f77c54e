package dev.warren.worker.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// Where a Redis is, by the URI scheme that its clients share:
/// `redis://[user:password@]host[:port][/database]`, and `rediss://` for TLS.
///
/// @param database number of the database
/// @param login from the URI
record RedisAddress(String host, int port, boolean tls, int database, StoreLogin login) {
  private static final int DEFAULT_PORT = 6379;

  /// What is wrong with others, for a message that names them; never quotes them.
  static final String REMEDY =
      "is not the address of a Redis; write redis://HOST:PORT/DATABASE, or rediss:// for TLS";

  /// The address, if the text is one.
  static Optional<RedisAddress> parse(String text) {
    try {
      var uri = new URI(text);
      var tls = "rediss".equalsIgnoreCase(uri.getScheme());
      if ((!tls && !"redis".equalsIgnoreCase(uri.getScheme())) || uri.getHost() == null) {
        return Optional.empty();
      }
      return Optional.of(
          new RedisAddress(
              uri.getHost(),
              uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
              tls,
              database(uri.getPath()),
              uri.getRawUserInfo() == null
                  ? StoreLogin.NONE
                  : StoreLogin.parse(uri.getRawUserInfo())));
    } catch (URISyntaxException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static int database(String path) {
    return path.length() <= 1 ? 0 : Integer.parseUnsignedInt(path.substring(1));
  }
}
