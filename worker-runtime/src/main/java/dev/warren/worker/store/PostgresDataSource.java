package dev.warren.worker.store;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/// Connects to PostgreSQL, each time as the Secret says now. Safe for use by many threads.
///
/// It asks the driver itself and not {@link java.sql.DriverManager}, which looks for drivers once
/// in a process: that once belongs to the handler, whose drivers are in a class loader of its own.
///
/// @param secret with a usable address when this was made
record PostgresDataSource(StoreSecret secret) implements DataSource {
  private static final Driver DRIVER = new Driver();
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(2);
  private static final Duration LONGEST_CALL = Duration.ofSeconds(5);

  @Override
  public Connection getConnection() throws SQLException {
    var address = address();
    var login = secret.login(address.login());
    return connect(address, login.username(), login.password());
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    return connect(address(), username, password);
  }

  /// The address as the Secret has it now.
  ///
  /// @throws UnusableStoreException if there is none
  PostgresAddress address() {
    return PostgresAddress.parse(secret.uri())
        .orElseThrow(() -> secret.unusableUri(PostgresAddress.REMEDY));
  }

  private Connection connect(PostgresAddress address, String username, String password)
      throws SQLException {
    var connection = DRIVER.connect(address.jdbcUrl(), properties(username, password));
    if (connection == null) {
      throw new SQLException("the driver does not take the address");
    }
    return connection;
  }

  /// Parameters of the URL win over these.
  private Properties properties(String username, String password) {
    var properties = new Properties();
    if (!username.isEmpty()) {
      properties.setProperty("user", username);
    }
    if (!password.isEmpty()) {
      properties.setProperty("password", password);
    }
    properties.setProperty("ApplicationName", "warren-worker");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("connectTimeout", Long.toString(LONGEST_CONNECT.toSeconds()));
    properties.setProperty("socketTimeout", Long.toString(LONGEST_CALL.toSeconds()));
    if (Files.exists(secret.authoritiesFile())) {
      properties.setProperty("sslrootcert", secret.authoritiesFile().toString());
    }
    return properties;
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter writer) {}

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
