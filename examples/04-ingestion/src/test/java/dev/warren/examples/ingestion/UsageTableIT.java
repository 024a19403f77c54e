package dev.warren.examples.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// Needs a PostgreSQL and makes a database of its own there.
@EnabledIfEnvironmentVariable(named = "WARREN_TEST_POSTGRES_URL", matches = ".+")
class UsageTableIT {
  private final String server = System.getenv("WARREN_TEST_POSTGRES_URL");
  private final String name = "usage_" + UUID.randomUUID().toString().replace('-', '_');
  private HikariDataSource database = new HikariDataSource();

  @BeforeEach
  void makeDatabase() throws SQLException {
    onServer("CREATE DATABASE " + name);
    database = open(server.substring(0, server.lastIndexOf('/') + 1) + name);
  }

  @AfterEach
  void dropDatabase() throws SQLException {
    database.close();
    onServer("DROP DATABASE " + name);
  }

  @Test
  void countsAnEventOnceHoweverOftenItComes() throws SQLException {
    var table = UsageTable.in(database);
    var events = IntStream.range(0, 50).mapToObj(UsageTableIT::event).toList();

    table.add(events);
    table.add(events);
    table.add(List.of(event(49), event(50), event(50)));

    var account = Account.of(database);
    assertThat(account.events()).isEqualTo(51);
    assertThat(account.billed()).isEqualTo(102);
    assertThat(account.addsUp()).isTrue();
  }

  @Test
  void addsNothingForAnEmptyBatch() throws SQLException {
    UsageTable.in(database).add(List.of());

    assertThat(Account.of(database)).isEqualTo(new Account(0, 0, 0, 0, 0));
  }

  private static UsageEvent event(int number) {
    return new UsageEvent("acme", "event-" + number, 2);
  }

  private static HikariDataSource open(String uri) {
    return Database.ofDemo(Map.of("POSTGRES_URL", uri));
  }

  private void onServer(String sql) throws SQLException {
    try (var pool = open(server);
        var connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
