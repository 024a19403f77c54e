package dev.warren.worker.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.warren.model.Idempotency.OnStoreFailure;
import dev.warren.model.Idempotency.Store;
import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskRunner;
import dev.warren.worker.idempotency.TestStores.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/// Stores that go down while tasks run, and come back.
@EnabledIfEnvironmentVariable(named = TestStores.REDIS, matches = ".+")
@EnabledIfEnvironmentVariable(named = TestStores.POSTGRES, matches = ".+")
class StoreOutageIT {
  @TempDir private Path directory;

  private final String id = UUID.randomUUID().toString();
  private final CountingIdempotency monitor = new CountingIdempotency();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore finish = new Semaphore(0);
  private final Semaphore started = new Semaphore(0);

  @AfterEach
  void end() {
    threads.close();
  }

  @Test
  void holdsTasksWhileRedisIsDeadAndRecordsWhatWasDoneMeanwhile() throws Exception {
    try (var redis = new OwnRedis(directory)) {
      var idempotency = open(Store.REDIS, OnStoreFailure.HOLD, redis.uri());
      var runner = idempotency.guard(this::work);
      var first = submit(runner, "first");
      started.acquire();
      redis.kill();
      finish.release(2);
      var outcomeOfFirst = first.get();
      var second = submit(runner, "second");
      await().until(() -> idempotency.obstacle().isPresent());
      redis.start();

      assertThat(outcomeOfFirst).isEqualTo(Outcome.done());
      assertThat(second.get()).isEqualTo(Outcome.done());
      await().until(() -> idempotency.obstacle().isEmpty());
      assertThat(submit(runner, "first").get()).isEqualTo(Outcome.done());
      assertThat(started.availablePermits()).as("runs of the second").isEqualTo(1);
      assertThat(monitor.duplicates).hasValue(1);
      idempotency.stop();
    }
  }

  @Test
  void runsTasksWhilePostgresIsDownAndRecordsThemWhenItIsBack() throws Exception {
    try (var database = new Database()) {
      var idempotency = open(Store.POSTGRES, OnStoreFailure.PROCEED, database.uri());
      var runner = idempotency.guard(this::work);
      finish.release(2);
      submit(runner, "before").get();
      database.goDown();
      var meanwhile = submit(runner, "meanwhile").get();
      var stillDown = !monitor.answers;
      database.comeBack();

      assertThat(meanwhile).isEqualTo(Outcome.done());
      assertThat(stillDown).isTrue();
      assertThat(monitor.unguarded).hasValue(1);
      await()
          .atMost(Duration.ofSeconds(15))
          .until(
              () ->
                  database.number("SELECT count(*) FROM warren_idempotency WHERE owner IS NULL")
                      == 2);
      assertThat(submit(runner, "meanwhile").get()).isEqualTo(Outcome.done());
      assertThat(monitor.duplicates).hasValue(1);
      idempotency.stop();
    }
  }

  private Idempotency open(Store store, OnStoreFailure onStoreFailure, String uri) {
    var model = new dev.warren.model.Idempotency(store, Duration.ofHours(1), onStoreFailure);
    var idempotency =
        Idempotency.open(
            new IdempotencySettings("shop", "orders", "orders-0", model),
            TestStores.secret(directory, uri),
            monitor);
    idempotency.start();
    return idempotency;
  }

  private Outcome work(Task<byte[]> task, String contentType, TaskContext context)
      throws InterruptedException {
    started.release();
    finish.acquire();
    return Outcome.done();
  }

  private Future<Outcome> submit(TaskRunner runner, String name) {
    var task = new Task<>(Optional.of(name + id), "order", "orders", 0, Map.of(), new byte[0]);
    return threads.submit(() -> runner.run(task, "", SomeContext.of(name + id)));
  }
}
