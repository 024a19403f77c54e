package dev.warren.worker.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warren.worker.TaskContext;
import dev.warren.worker.idempotency.SomeContext;
import dev.warren.worker.idempotency.TestStores;
import dev.warren.worker.idempotency.TestStores.Database;
import java.sql.Connection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(named = TestStores.POSTGRES, matches = ".+")
class TaskEffectsIT {
  private static final TaskContext TASK = SomeContext.of("7");

  private Database database;

  @BeforeEach
  void create() throws Exception {
    database = new Database();
    database.execute("CREATE TABLE account (balance bigint); INSERT INTO account VALUES (0)");
    try (var connection = database.connect()) {
      TaskEffects.createTable(connection);
      TaskEffects.createTable(connection);
    }
  }

  @AfterEach
  void drop() throws Exception {
    database.close();
  }

  @Test
  void happensOnceHoweverManyTryAtOnce() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var attempts = IntStream.range(0, 20).mapToObj(_ -> (Callable<Boolean>) this::pay).toList();
      var done = 0;
      for (var attempt : threads.invokeAll(attempts)) {
        done += attempt.get() ? 1 : 0;
      }

      assertThat(done).isEqualTo(1);
      assertThat(database.number("SELECT balance FROM account")).isEqualTo(10);
    }
  }

  @Test
  void happensAgainIfItsTransactionWasRolledBack() throws Exception {
    try (var connection = open()) {
      TaskEffects.firstTime(connection, "paid", TASK);
      connection.rollback();

      assertThat(TaskEffects.firstTime(connection, "paid", TASK)).isTrue();
    }
  }

  @Test
  void keepsEffectsAndTasksApart() throws Exception {
    try (var connection = open()) {
      TaskEffects.firstTime(connection, "paid", TASK);

      assertThat(TaskEffects.firstTime(connection, "told", TASK)).isTrue();
      assertThat(TaskEffects.firstTime(connection, "paid", SomeContext.of("8"))).isTrue();
      assertThat(TaskEffects.firstTime(connection, "paid", SomeContext.of("7"))).isFalse();
    }
  }

  @Test
  void refusesAConnectionThatWouldPartRecordAndEffect() throws Exception {
    try (var connection = database.connect()) {
      assertThatThrownBy(() -> TaskEffects.firstTime(connection, "paid", TASK))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("setAutoCommit(false)");
    }
  }

  @Test
  void refusesATaskThatCannotBeRecognised() throws Exception {
    var nameless = new SomeContext(Optional.empty(), new AtomicBoolean());
    try (var connection = open()) {
      assertThatThrownBy(() -> TaskEffects.firstTime(connection, "paid", nameless))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("message_id");
    }
  }

  @Test
  void forgetsWhatIsLongAgo() throws Exception {
    pay();
    database.execute("UPDATE warren_effects SET happened_at = now() - interval '31 days'");
    try (var connection = open()) {
      TaskEffects.firstTime(connection, "told", TASK);

      assertThat(TaskEffects.forget(connection, Duration.ofDays(30))).isEqualTo(1);
      assertThat(TaskEffects.firstTime(connection, "told", TASK)).isFalse();
    }
  }

  /// @return whether it was the first time
  private boolean pay() throws Exception {
    try (var connection = open();
        var payment = connection.createStatement()) {
      var first = TaskEffects.firstTime(connection, "paid", TASK);
      if (first) {
        payment.execute("UPDATE account SET balance = balance + 10");
      }
      connection.commit();
      return first;
    }
  }

  private Connection open() throws Exception {
    var connection = database.connect();
    connection.setAutoCommit(false);
    return connection;
  }
}
