package dev.warren.worker.pod;

import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskHandler;
import dev.warren.worker.jdbc.TaskEffects;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/// Enters each task into a ledger, once, and each of its runs, into another table.
public final class LedgerHandler implements TaskHandler<Map<String, Object>> {
  public LedgerHandler() throws SQLException {
    try (var connection = connect()) {
      TaskEffects.createTable(connection);
    }
  }

  @Override
  public Outcome handle(Task<Map<String, Object>> task, TaskContext context) throws SQLException {
    try (var connection = connect()) {
      enter(connection, "INSERT INTO runs VALUES (?)", context.attempt());
      connection.setAutoCommit(false);
      if (TaskEffects.firstTime(connection, "entered", context)) {
        enter(
            connection, "INSERT INTO ledger VALUES (?)", Integer.parseInt(task.id().orElseThrow()));
      }
      connection.commit();
    }
    return Outcome.done();
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(System.getenv("LEDGER_URL"));
  }

  private static void enter(Connection connection, String sql, int value) throws SQLException {
    try (var insert = connection.prepareStatement(sql)) {
      insert.setInt(1, value);
      insert.executeUpdate();
    }
  }
}
