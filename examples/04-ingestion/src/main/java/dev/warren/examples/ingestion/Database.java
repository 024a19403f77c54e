package dev.warren.examples.ingestion;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/// The PostgreSQL that events go to.
final class Database {
  /// As many batches as a pod runs at a time: `concurrency` divided by `batch.size`.
  private static final int BATCHES = 4;

  private Database() {}

  /// As workers.yaml names it.
  static HikariDataSource ofPod(Map<String, String> environment) {
    return pool(
        required(environment, "DATABASE_URI"),
        required(environment, "DATABASE_USER"),
        required(environment, "DATABASE_PASSWORD"));
  }

  /// As the demo names it: `postgresql://user:password@host:port/database`.
  static HikariDataSource ofDemo(Map<String, String> environment) {
    var uri = URI.create(required(environment, "POSTGRES_URL"));
    var login = uri.getUserInfo().split(":", 2);
    return pool(
        "postgresql://%s:%d%s".formatted(uri.getHost(), uri.getPort(), uri.getPath()),
        login[0],
        login[1]);
  }

  private static HikariDataSource pool(String uri, String user, String password) {
    // The handler's jars are not where java.sql.DriverManager looks for drivers.
    var database = new PGSimpleDataSource();
    database.setUrl("jdbc:" + uri);
    database.setUser(user);
    database.setPassword(password);
    var pool = new HikariConfig();
    pool.setDataSource(database);
    pool.setMaximumPoolSize(BATCHES);
    return new HikariDataSource(pool);
  }

  private static String required(Map<String, String> environment, String name) {
    var value = environment.get(name);
    if (value == null) {
      throw new IllegalStateException(
          "%s is not set; it says where the database is".formatted(name));
    }
    return value;
  }
}
