package dev.warren.worker.idempotency;

import dev.warren.worker.store.StoreSecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;

/// The Redis and the PostgreSQL that `./test` started, by {@link #REDIS} and {@link #POSTGRES}.
public final class TestStores {
  /// Tests that need Redis are enabled if this is set.
  public static final String REDIS = "WARREN_TEST_REDIS_URL";

  /// Tests that need PostgreSQL are enabled if this is set.
  public static final String POSTGRES = "WARREN_TEST_POSTGRES_URL";

  private TestStores() {}

  /// URI of the Redis; tests use keys of their own.
  public static String redis() {
    return variable(REDIS);
  }

  /// A Secret with this address, in a directory of the test's.
  public static StoreSecret secret(Path directory, String uri) {
    try {
      Files.writeString(directory.resolve("uri"), uri + "\n");
      return new StoreSecret(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A database of the test's own, which can be made to refuse its clients.
  public static final class Database implements AutoCloseable {
    private final String server = variable(POSTGRES);
    private final String name = "test_" + UUID.randomUUID().toString().replace('-', '_');

    /// Creates it, empty.
    public Database() throws SQLException {
      onServer("CREATE DATABASE " + name);
    }

    /// Its URI, with a superuser's credentials.
    public String uri() {
      return server.substring(0, server.lastIndexOf('/') + 1) + name;
    }

    /// The same for JDBC.
    public String jdbcUrl() {
      return jdbcUrl(uri());
    }

    /// A connection, in auto-commit mode.
    public Connection connect() throws SQLException {
      return connect(uri());
    }

    /// Executes statements in it.
    public void execute(String sql) throws SQLException {
      execute(uri(), sql);
    }

    /// The only number that a query yields.
    public long number(String query) throws SQLException {
      try (var connection = connect();
          var statement = connection.createStatement();
          var row = statement.executeQuery(query)) {
        row.next();
        return row.getLong(1);
      }
    }

    /// Ends all connections, as a server does that is restarted.
    public void endConnections() throws SQLException {
      onServer(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    }

    /// Ends all connections and takes no new ones.
    public void goDown() throws SQLException {
      onServer("ALTER DATABASE " + name + " WITH ALLOW_CONNECTIONS false");
      endConnections();
    }

    /// Takes connections again.
    public void comeBack() throws SQLException {
      onServer("ALTER DATABASE " + name + " WITH ALLOW_CONNECTIONS true");
    }

    @Override
    public void close() throws SQLException {
      onServer("DROP DATABASE " + name + " WITH (FORCE)");
    }

    private void onServer(String sql) throws SQLException {
      execute(server, sql);
    }

    private static void execute(String uri, String sql) throws SQLException {
      try (var connection = connect(uri);
          var statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    private static Connection connect(String uri) throws SQLException {
      return DriverManager.getConnection(jdbcUrl(uri));
    }

    private static String jdbcUrl(String uri) {
      var parts = uri.replaceFirst("postgresql://", "").split("[:@]", 3);
      return "jdbc:postgresql://%s?user=%s&password=%s".formatted(parts[2], parts[0], parts[1]);
    }
  }

  private static String variable(String name) {
    return Objects.requireNonNull(System.getenv(name), () -> name + " is not set; run ./test");
  }
}
