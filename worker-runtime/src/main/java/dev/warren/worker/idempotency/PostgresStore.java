package dev.warren.worker.idempotency;

import com.zaxxer.hikari.HikariDataSource;
import dev.warren.worker.jdbc.PostgresTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/// Remembers tasks in PostgreSQL, in the table `warren_idempotency`, which is made at the first use
/// if it is missing. A row is a claim, or, without an owner, the record of a done task; it counts
/// until it expires. Each call is one statement and commits by itself, but for a claim that fails,
/// which asks who has the task.
final class PostgresStore implements IdempotencyStore {
  /// The statements that make the table.
  static final String DDL =
      """
      CREATE TABLE IF NOT EXISTS warren_idempotency (
        key text PRIMARY KEY,
        owner text,
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX IF NOT EXISTS warren_idempotency_expires_at ON warren_idempotency (expires_at);
      """;

  private static final PostgresTable TABLE = new PostgresTable("warren_idempotency", DDL);

  /// Rows that one statement removes: few enough to hold no lock for long.
  private static final int BATCH = 1_000;

  private static final String CLAIM =
      """
      INSERT INTO warren_idempotency AS held (key, owner, expires_at)
      VALUES (?, ?, now() + ? * interval '1 millisecond')
      ON CONFLICT (key) DO UPDATE SET owner = excluded.owner, expires_at = excluded.expires_at
      WHERE held.expires_at <= now() OR held.owner = excluded.owner
      """;
  private static final String HOLDER =
      """
      SELECT owner IS NULL, (extract(epoch FROM expires_at - now()) * 1000)::bigint
      FROM warren_idempotency WHERE key = ? AND expires_at > now()
      """;
  private static final String RECORD =
      """
      INSERT INTO warren_idempotency AS held (key, owner, expires_at)
      VALUES (?, NULL, now() + ? * interval '1 millisecond')
      ON CONFLICT (key) DO UPDATE SET owner = NULL, expires_at = excluded.expires_at
      WHERE held.expires_at <= now() OR held.owner = ?
      """;
  private static final String RELEASE =
      "DELETE FROM warren_idempotency WHERE key = ? AND owner = ?";
  private static final String REMOVE_EXPIRED =
      """
      DELETE FROM warren_idempotency WHERE key IN (
        SELECT key FROM warren_idempotency WHERE expires_at <= now()
        ORDER BY expires_at LIMIT ? FOR UPDATE SKIP LOCKED)
      """;

  /// States of SQL.
  private static final String MISSING_TABLE = "42P01";

  private static final String FORBIDDEN = "42501";

  private final HikariDataSource pool;

  /// Written by whoever finds, makes or misses the table; read by all.
  private volatile boolean hasTable;

  PostgresStore(HikariDataSource pool) {
    this.pool = pool;
  }

  @Override
  public Claim claim(String key, String owner, Duration lease) {
    return asking(
        connection -> {
          if (tryClaim(connection, key, owner, lease)) {
            return new Claim.Claimed();
          }
          // Gone again means released meanwhile: then the task can be claimed after any delay.
          return holder(connection, key).orElse(new Claim.HeldByOther(Duration.ZERO));
        });
  }

  @Override
  public boolean record(String key, String owner, Duration timeToLive) {
    return asking(
        connection -> {
          try (var statement = connection.prepareStatement(RECORD)) {
            statement.setString(1, key);
            statement.setLong(2, timeToLive.toMillis());
            statement.setString(3, owner);
            return changesOne(statement);
          }
        });
  }

  @Override
  public void release(String key, String owner) {
    asking(
        connection -> {
          try (var statement = connection.prepareStatement(RELEASE)) {
            statement.setString(1, key);
            statement.setString(2, owner);
            return changesOne(statement);
          }
        });
  }

  @Override
  public void removeExpired() {
    while (removeBatch() == BATCH) {
      // Until fewer are left than one batch holds.
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  private static boolean tryClaim(Connection connection, String key, String owner, Duration lease)
      throws SQLException {
    try (var statement = connection.prepareStatement(CLAIM)) {
      statement.setString(1, key);
      statement.setString(2, owner);
      statement.setLong(3, lease.toMillis());
      return changesOne(statement);
    }
  }

  private static Optional<Claim> holder(Connection connection, String key) throws SQLException {
    try (var statement = connection.prepareStatement(HOLDER)) {
      statement.setString(1, key);
      try (var row = statement.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        return Optional.of(
            row.getBoolean(1)
                ? new Claim.AlreadyDone()
                : new Claim.HeldByOther(Duration.ofMillis(row.getLong(2))));
      }
    }
  }

  private int removeBatch() {
    return asking(
        connection -> {
          try (var statement = connection.prepareStatement(REMOVE_EXPIRED)) {
            statement.setInt(1, BATCH);
            return statement.executeUpdate();
          }
        });
  }

  private static boolean changesOne(PreparedStatement statement) throws SQLException {
    return statement.executeUpdate() == 1;
  }

  private interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  private <T> T asking(Question<T> question) {
    try (var connection = pool.getConnection()) {
      if (!hasTable) {
        TABLE.createIfMissing(connection);
        hasTable = true;
      }
      return question.ask(connection);
    } catch (SQLException e) {
      if (MISSING_TABLE.equals(e.getSQLState())) {
        hasTable = false;
      }
      throw new StoreException("PostgreSQL: " + reason(e), e);
    }
  }

  /// The pool hides why it cannot connect behind its own words.
  private static String reason(SQLException e) {
    var deepest = e;
    while (deepest.getCause() instanceof SQLException cause) {
      deepest = cause;
    }
    var message = String.valueOf(deepest.getMessage());
    return FORBIDDEN.equals(deepest.getSQLState())
        ? message
            + "; let the role create tables in its schema, or create the table warren_idempotency and grant it SELECT, INSERT, UPDATE and DELETE"
        : message;
  }
}
