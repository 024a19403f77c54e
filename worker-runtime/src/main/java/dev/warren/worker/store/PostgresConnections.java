package dev.warren.worker.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/// Makes small pools of connections to PostgreSQL.
public final class PostgresConnections {
  /// A statement takes about a millisecond, so a few connections serve thousands of tasks a second.
  private static final int MAX_CONNECTIONS = 8;

  private static final Duration LONGEST_WAIT_FOR_ONE = Duration.ofSeconds(3);
  private static final Duration LONGEST_IDLE = Duration.ofMinutes(1);

  private PostgresConnections() {}

  /// A pool, which connects when it is first used, in auto-commit mode, and is safe for use by many
  /// threads.
  ///
  /// @throws UnusableStoreException if the Secret holds no usable address
  public static HikariDataSource open(StoreSecret secret) {
    var source = new PostgresDataSource(secret);
    source.address();
    var config = new HikariConfig();
    config.setPoolName("store");
    config.setDataSource(source);
    config.setMaximumPoolSize(MAX_CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(LONGEST_WAIT_FOR_ONE.toMillis());
    config.setIdleTimeout(LONGEST_IDLE.toMillis());
    // A store that is down must not keep the pod from starting.
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }
}
