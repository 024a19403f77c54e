package dev.warren.worker.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/// A table of Warren's in a database of PostgreSQL.
///
/// @param name its name, found by the connection's search path
/// @param ddl the statements that make it and can be repeated
public record PostgresTable(String name, String ddl) {
  /// Any number that nobody else is likely to lock.
  private static final long LOCK = 5_130_718_201_475_264_321L;

  /// Makes the table if it is missing, in a transaction of its own, and leaves the connection in
  /// auto-commit mode. Any number of pods may do so at once: `IF NOT EXISTS` alone fails for all
  /// but one of them. A role that may create nothing is asked to create nothing if the table is
  /// there.
  ///
  /// @param connection without an open transaction
  public void createIfMissing(Connection connection) throws SQLException {
    connection.setAutoCommit(true);
    if (!exists(connection)) {
      connection.setAutoCommit(false);
      try {
        create(connection);
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  private boolean exists(Connection connection) throws SQLException {
    try (var query = connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
      query.setString(1, name);
      try (var answer = query.executeQuery()) {
        return answer.next() && answer.getBoolean(1);
      }
    }
  }

  private void create(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
      statement.execute(ddl);
    }
  }
}
