package dev.warren.examples.ingestion;

import dev.warren.worker.jdbc.PostgresTable;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;

/// Events, and what they add up to for each tenant. An event's row is the record that it has been
/// counted: one statement writes both, and adds up only rows that were not there.
final class UsageTable {
  private static final PostgresTable EVENTS =
      new PostgresTable(
          "usage_event",
          """
          CREATE TABLE IF NOT EXISTS usage_event (
            tenant text NOT NULL,
            id text NOT NULL,
            units int NOT NULL,
            ingested_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (tenant, id)
          );
          CREATE TABLE IF NOT EXISTS usage_total (
            tenant text PRIMARY KEY,
            events bigint NOT NULL,
            units bigint NOT NULL
          );
          """);

  private static final String ADD =
      """
      WITH fresh AS (
        INSERT INTO usage_event (tenant, id, units)
        SELECT * FROM unnest(?::text[], ?::text[], ?::int[])
        ON CONFLICT DO NOTHING
        RETURNING tenant, units
      )
      INSERT INTO usage_total AS total (tenant, events, units)
      SELECT tenant, count(*), sum(units) FROM fresh GROUP BY tenant
      ON CONFLICT (tenant) DO UPDATE
      SET events = total.events + excluded.events, units = total.units + excluded.units
      """;

  private final DataSource database;

  private UsageTable(DataSource database) {
    this.database = database;
  }

  /// Makes what is missing; many pods may do so at once.
  static UsageTable in(DataSource database) throws SQLException {
    try (var connection = database.getConnection()) {
      EVENTS.createIfMissing(connection);
    }
    return new UsageTable(database);
  }

  /// Adds those that are not there yet. All or, if it throws, none.
  void add(List<UsageEvent> events) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.prepareStatement(ADD)) {
      statement.setArray(1, connection.createArrayOf("text", column(events, UsageEvent::tenant)));
      statement.setArray(2, connection.createArrayOf("text", column(events, UsageEvent::id)));
      statement.setArray(3, connection.createArrayOf("int4", column(events, UsageEvent::units)));
      statement.executeUpdate();
    }
  }

  private static Object[] column(List<UsageEvent> events, Function<UsageEvent, Object> value) {
    return events.stream().map(value).toArray();
  }
}
