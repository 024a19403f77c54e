package dev.warren.worker.store;

import java.util.Optional;
import java.util.regex.Pattern;
import org.postgresql.Driver;
import org.postgresql.jdbc.SslMode;
import org.postgresql.util.PSQLException;

/// Where a PostgreSQL database is, by the URIs that libpq takes:
/// `postgresql://[user:password@]host[:port][,…]/database[?sslmode=verify-full&…]`. The parameters
/// are those of the JDBC driver.
///
/// @param jdbcUrl without user and password
/// @param login from the URI
record PostgresAddress(String jdbcUrl, StoreLogin login) {
  /// What is wrong with others, for a message that names them; never quotes them.
  static final String REMEDY =
      "is not the address of a PostgreSQL database; write postgresql://HOST:PORT/DATABASE, with ?sslmode=verify-full for TLS";

  private static final Pattern URI =
      Pattern.compile("(?:jdbc:)?postgres(?:ql)?://(?:([^@/?]*)@)?([^@/?]+)/([^/?]+)(\\?.*)?");

  /// The address, if the text is one that the driver takes.
  static Optional<PostgresAddress> parse(String text) {
    var parts = URI.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    var query = parts.group(4) == null ? "" : parts.group(4);
    var url = "jdbc:postgresql://%s/%s%s".formatted(parts.group(2), parts.group(3), query);
    var userInfo = parts.group(1);
    return isTaken(url)
        ? Optional.of(
            new PostgresAddress(
                url, userInfo == null ? StoreLogin.NONE : StoreLogin.parse(userInfo)))
        : Optional.empty();
  }

  private static boolean isTaken(String url) {
    try {
      var properties = Driver.parseURL(url, null);
      return properties != null && SslMode.of(properties) != null;
    } catch (PSQLException _) {
      return false;
    }
  }
}
