package dev.warren.examples.ingestion;

import java.sql.SQLException;
import javax.sql.DataSource;

/// What the database holds.
///
/// @param events rows
/// @param units what they add up to
/// @param counted events that the totals have counted
/// @param billed units that the totals have added up
/// @param lastMillis when the last row was written, in epoch milliseconds; 0 if there is none
record Account(long events, long units, long counted, long billed, long lastMillis) {
  private static final String QUERY =
      """
      SELECT
        (SELECT count(*) FROM usage_event),
        (SELECT coalesce(sum(units), 0) FROM usage_event),
        (SELECT coalesce(sum(events), 0) FROM usage_total),
        (SELECT coalesce(sum(units), 0) FROM usage_total),
        (SELECT coalesce(1000 * extract(epoch FROM max(ingested_at)), 0)::bigint FROM usage_event)
      """;

  /// Asks the database, in one statement, so that all is of one moment.
  static Account of(DataSource database) throws SQLException {
    try (var connection = database.getConnection();
        var query = connection.prepareStatement(QUERY);
        var row = query.executeQuery()) {
      row.next();
      return new Account(
          row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5));
    }
  }

  /// Whether each event was counted exactly once.
  boolean addsUp() {
    return events == counted && units == billed;
  }

  /// Prints the account of the database that `POSTGRES_URL` names; status 1 if it does not add up.
  static void main() throws SQLException {
    try (var database = Database.ofDemo(System.getenv())) {
      var account = of(database);
      if (!account.addsUp()) {
        System.err.println("the totals differ from the events: " + account);
      }
      System.out.printf(
          "last-ms=%d units=%d done=%d%n",
          account.lastMillis(), account.billed(), account.events());
      System.exit(account.addsUp() ? 0 : 1);
    }
  }
}
