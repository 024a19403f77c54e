package dev.warren.worker.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.warren.model.HandlerConfiguration;
import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskHandler;
import dev.warren.worker.TaskRunner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One contract for all kinds of handler. Each is told by its payload what to do: `done`, `retry`,
/// `fail`, `hang`, or `check`, which is done only if the task's id, attempt and body arrived.
class HandlerContractTest {
  private HttpServer server;

  enum Kind {
    JAVA,
    HTTP,
    EXEC
  }

  /// The Java form.
  public static final class Obedient implements TaskHandler<byte[]> {
    @Override
    public Outcome handle(Task<byte[]> task, TaskContext context) throws InterruptedException {
      return switch (new String(task.payload(), StandardCharsets.UTF_8)) {
        case "done" -> Outcome.done();
        case "fail" -> Outcome.fail("told to");
        case "hang" -> {
          new CountDownLatch(1).await();
          yield Outcome.done();
        }
        case "check" ->
            !task.id().equals(Optional.of("t-1ü")) || context.attempt() != 2
                ? Outcome.fail("id or attempt")
                : Outcome.done();
        default -> Outcome.retry();
      };
    }
  }

  /// The exec form.
  private static final List<String> SCRIPT =
      List.of(
          "/bin/sh",
          "-c",
          """
          body=$(cat)
          case "$body" in
            done) exit 0 ;;
            fail) exit 65 ;;
            hang) sleep 600 & wait ;;
            check) [ "$WARREN_TASK_ID $WARREN_ATTEMPT" = "t-1%C3%BC 2" ] || exit 65 ;;
            *) exit 75 ;;
          esac
          """);

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", HandlerContractTest::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @EnumSource
  void isDone(Kind kind) throws Exception {
    assertThat(run(kind, "done")).isEqualTo(Outcome.done());
  }

  @ParameterizedTest
  @EnumSource
  void retries(Kind kind) throws Exception {
    assertThat(run(kind, "retry")).isInstanceOf(Outcome.Retry.class);
  }

  @ParameterizedTest
  @EnumSource
  void fails(Kind kind) throws Exception {
    assertThat(run(kind, "fail")).isInstanceOf(Outcome.Fail.class);
  }

  @ParameterizedTest
  @EnumSource
  void isToldIdAndAttempt(Kind kind) throws Exception {
    assertThat(run(kind, "check")).isEqualTo(Outcome.done());
  }

  @ParameterizedTest
  @EnumSource
  void endsAtAnInterrupt(Kind kind) throws Exception {
    try (var runner = runner(kind)) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> runner.run(task("hang"), "text/plain", context()))
          .isInstanceOf(InterruptedException.class);
      assertThat(ProcessHandle.current().descendants()).isEmpty();
    } finally {
      var _ = Thread.interrupted();
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      int status =
          switch (body) {
            case "done" -> 200;
            case "fail" -> 422;
            case "check" ->
                "t-1%C3%BC".equals(headers.getFirst("Idempotency-Key"))
                        && "2".equals(headers.getFirst("Warren-Attempt"))
                        && "00-a-b-01".equals(headers.getFirst("traceparent"))
                        && "text/plain".equals(headers.getFirst("Content-Type"))
                    ? 200
                    : 422;
            default -> 500;
          };
      if (body.equals("hang")) {
        new CountDownLatch(1).await();
      }
      exchange.sendResponseHeaders(status, -1);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private Outcome run(Kind kind, String payload) throws Exception {
    try (var runner = runner(kind)) {
      return runner.run(task(payload), "text/plain", context());
    }
  }

  private TaskRunner runner(Kind kind) {
    var configuration =
        switch (kind) {
          case JAVA -> new HandlerConfiguration.Java(Obedient.class.getName());
          case HTTP ->
              new HandlerConfiguration.Http(
                  URI.create("http://localhost:" + server.getAddress().getPort() + "/tasks"));
          case EXEC -> new HandlerConfiguration.Exec(SCRIPT);
        };
    return Handlers.create(configuration, "", "");
  }

  private static Task<byte[]> task(String payload) {
    return new Task<>(
        Optional.of("t-1ü"),
        "type",
        "key",
        0,
        Map.of("traceparent", "00-a-b-01"),
        payload.getBytes(StandardCharsets.UTF_8));
  }

  private static TaskContext context() {
    return new TaskContext() {
      @Override
      public int attempt() {
        return 2;
      }

      @Override
      public Instant firstSeen() {
        return Instant.EPOCH;
      }

      @Override
      public Instant deadline() {
        return Instant.MAX;
      }

      @Override
      public boolean isCancelled() {
        return false;
      }
    };
  }
}
