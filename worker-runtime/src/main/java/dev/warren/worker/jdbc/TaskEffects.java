package dev.warren.worker.jdbc;

import dev.warren.worker.TaskContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// Makes an effect in a PostgreSQL database happen exactly once, however often its task is run:
/// that it happened is recorded in the transaction of the effect itself, so both are committed or
/// neither.
///
/// ```java
/// connection.setAutoCommit(false);
/// if (TaskEffects.firstTime(connection, "invoice-paid", context)) {
///   // the effect, by statements on the same connection
/// }
/// connection.commit();
/// ```
///
/// The records are rows of the table `warren_effects`, which {@link #createTable} makes, or whoever
/// owns the schema, by {@link #DDL}. They stay until {@link #forget} removes them. Works with
/// anything that speaks PostgreSQL's SQL, through the handler's own driver.
public final class TaskEffects {
  /// The statements that make the table.
  public static final String DDL =
      """
      CREATE TABLE IF NOT EXISTS warren_effects (
        effect text NOT NULL,
        task_id text NOT NULL,
        happened_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (effect, task_id)
      );
      CREATE INDEX IF NOT EXISTS warren_effects_happened_at ON warren_effects (happened_at);
      """;

  private static final PostgresTable TABLE = new PostgresTable("warren_effects", DDL);

  private static final String RECORD =
      "INSERT INTO warren_effects (effect, task_id) VALUES (?, ?) ON CONFLICT DO NOTHING";

  private static final String FORGET =
      "DELETE FROM warren_effects WHERE happened_at < now() - ? * interval '1 second'";

  private TaskEffects() {}

  /// Makes the table if it is missing, in a transaction of its own; any number of pods may do so at
  /// once. For a handler's constructor.
  ///
  /// @param connection without an open transaction; is left in auto-commit mode
  public static void createTable(Connection connection) throws SQLException {
    TABLE.createIfMissing(connection);
  }

  /// Records an effect of a task in the connection's transaction and tells whether to go on.
  ///
  /// While another transaction has recorded the same one and not ended, this waits for it: if that
  /// commits, the answer is false; if it rolls back, true. In isolation levels above the default
  /// the wait may end in a serialization failure; let it be thrown, and the task is retried.
  ///
  /// @param connection with auto-commit off; the handler commits it, with the effect
  /// @param effect a name for what is to happen once, such as `invoice-paid`; effects of different
  ///   names, or of different tasks, do not meet
  /// @param context of the task, which must have an id
  /// @return true if no committed transaction has recorded this: do it now; false if one has: the
  ///   effect is there, leave it
  /// @throws SQLException if the database refuses; roll back, and the task is retried
  public static boolean firstTime(Connection connection, String effect, TaskContext context)
      throws SQLException {
    var id =
        context
            .idempotencyKey()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the task has no id by which it could be recognised; let its producer set message_id"));
    if (connection.getAutoCommit()) {
      throw new IllegalStateException(
          "the connection commits each statement by itself, which would part the record from the effect; call setAutoCommit(false) first and commit() after the effect");
    }
    try (var insert = connection.prepareStatement(RECORD)) {
      insert.setString(1, effect);
      insert.setString(2, id);
      return insert.executeUpdate() == 1;
    }
  }

  /// Removes the records of effects that are longer ago than any task can come back: the queue's
  /// `retry.maxAge`, and the time for which its dead letters may be replayed. In the connection's
  /// transaction, if it has one open.
  ///
  /// @return how many were removed
  public static int forget(Connection connection, Duration olderThan) throws SQLException {
    try (var delete = connection.prepareStatement(FORGET)) {
      delete.setLong(1, olderThan.toSeconds());
      return delete.executeUpdate();
    }
  }
}
