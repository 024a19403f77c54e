package dev.warren.worker.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.warren.model.Batch;
import dev.warren.model.HandlerConfiguration;
import dev.warren.model.HandlerConfiguration.Protocol;
import dev.warren.worker.BatchContext;
import dev.warren.worker.BatchTaskHandler;
import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskHandler;
import dev.warren.worker.TaskRunner;
import dev.warren.worker.TaskTracing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One contract for all kinds of handler, each of which does what the task's type says ({@link
/// Obedience}). All tests use the same runners: what one does must not harm the next.
class HandlerContractTest {
  enum Kind {
    JAVA,
    JAVA_BATCH,
    HTTP,
    EXEC_PROCESS,
    EXEC_JSON_LINES
  }

  /// The Java form.
  public static final class Obedient implements TaskHandler<byte[]> {
    @Override
    public Outcome handle(Task<byte[]> task, TaskContext context)
        throws IOException, InterruptedException {
      return obey(task, context);
    }
  }

  /// The Java form for batches.
  public static final class ObedientBatch implements BatchTaskHandler<byte[]> {
    @Override
    public List<Outcome> handle(List<Task<byte[]>> tasks, BatchContext context)
        throws IOException, InterruptedException {
      var outcomes = new ArrayList<Outcome>();
      for (int i = 0; i < tasks.size(); i++) {
        outcomes.add(obey(tasks.get(i), context.attempts().get(i)));
      }
      return outcomes;
    }
  }

  /// The exec form; what it hangs in has left its group and ignores SIGTERM.
  private static final List<String> SCRIPT =
      List.of(
          "/bin/sh",
          "-c",
          """
          case "$WARREN_TASK_TYPE" in
            done) exit 0 ;;
            retry) exit 75 ;;
            fail) exit 65 ;;
            crash) kill -9 $$ ;;
            hang)
              (trap '' TERM; setsid sh -c 'touch "$WARREN_HEADER_STARTED"; sleep 600' &)
              sleep 600 & wait ;;
            check)
              [ "$WARREN_TASK_ID $WARREN_ROUTING_KEY" = "t-1%C3%BC key%20one" ] &&
              [ "$WARREN_ATTEMPT $WARREN_FIRST_SEEN $WARREN_DEADLINE" = "2 1000 2000" ] &&
              [ "$WARREN_CONTENT_TYPE" = text/plain ] &&
              [ "$WARREN_HEADER_TENANT" = "M%C3%BCller%20&%20Co" ] &&
              [ "$TRACEPARENT" = "%s" ] &&
              [ "$(sha256sum)" = "$WARREN_HEADER_DIGEST  -" ] || exit 65 ;;
          esac
          """
              .replace("\"%s\"", SomeTask.TRACEPARENT));

  private static final Map<Kind, TaskRunner> RUNNERS = new EnumMap<>(Kind.class);

  @TempDir private static Path directory;
  private static Endpoint endpoint;

  @BeforeAll
  static void open() throws IOException {
    endpoint = new Endpoint();
    for (var kind : Kind.values()) {
      RUNNERS.put(kind, runner(kind));
    }
  }

  @AfterAll
  static void close() {
    RUNNERS.values().forEach(TaskRunner::close);
    endpoint.close();
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void isDone(Kind kind) throws Exception {
    assertThat(run(kind, SomeTask.of("done"))).isEqualTo(Outcome.done());
  }

  @ParameterizedTest
  @EnumSource
  void retries(Kind kind) throws Exception {
    assertThat(run(kind, SomeTask.of("retry")))
        .isInstanceOfSatisfying(
            Outcome.Retry.class, outcome -> assertThat(outcome.after()).isEmpty());
  }

  @ParameterizedTest
  @EnumSource(
      names = {"HTTP", "EXEC_PROCESS"},
      mode = EnumSource.Mode.EXCLUDE)
  void retriesAfterAWantedDelay(Kind kind) throws Exception {
    assertThat(run(kind, SomeTask.of("retry after")))
        .isInstanceOfSatisfying(
            Outcome.Retry.class,
            outcome -> assertThat(outcome.after()).contains(Duration.ofSeconds(30)));
  }

  @ParameterizedTest
  @EnumSource(names = "EXEC_PROCESS", mode = EnumSource.Mode.EXCLUDE)
  void snoozes(Kind kind) throws Exception {
    assertThat(run(kind, SomeTask.of("snooze"))).isEqualTo(Outcome.snooze(Duration.ofSeconds(30)));
  }

  @ParameterizedTest
  @EnumSource
  void fails(Kind kind) throws Exception {
    assertThat(run(kind, SomeTask.of("fail"))).isInstanceOf(Outcome.Fail.class);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"HTTP", "EXEC_PROCESS"},
      mode = EnumSource.Mode.EXCLUDE)
  void drops(Kind kind) throws Exception {
    assertThat(run(kind, SomeTask.of("drop"))).isEqualTo(Outcome.drop("told to"));
  }

  @ParameterizedTest
  @EnumSource
  void failsTheAttemptWhenItCrashesAndGoesOn(Kind kind) throws Exception {
    var crashed = submit(kind, SomeTask.of("crash"));

    assertThat(crashed.state()).isIn(Future.State.FAILED, Future.State.SUCCESS);
    if (crashed.state() == Future.State.SUCCESS) {
      assertThat(crashed.resultNow()).isInstanceOf(Outcome.Retry.class);
    }
    assertThat(run(kind, SomeTask.of("done"))).isEqualTo(Outcome.done());
  }

  @ParameterizedTest
  @EnumSource
  void endsAtAnInterrupt(Kind kind) throws Exception {
    var started = directory.resolve("started-" + kind);
    var task = SomeTask.of("hang", Map.of("started", started.toString()), "{}");
    var thrown = new AtomicReference<Throwable>();
    var thread = Thread.ofVirtual().start(() -> thrown.set(throwing(kind, task)));
    await().until(() -> Files.exists(started));

    thread.interrupt();

    assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    assertThat(ProcessHandle.current().descendants())
        .noneMatch(process -> process.info().commandLine().orElse("").contains("sleep"));
    assertThat(run(kind, SomeTask.of("done"))).isEqualTo(Outcome.done());
  }

  @ParameterizedTest
  @EnumSource
  void isToldAllOfTheTask(Kind kind) throws Exception {
    assertThat(run(kind, checked("{\"a\":1}\n".getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(Outcome.done());
  }

  @ParameterizedTest
  @EnumSource
  void getsAnEmptyBody(Kind kind) throws Exception {
    assertThat(run(kind, checked(new byte[0]))).isEqualTo(Outcome.done());
  }

  @ParameterizedTest
  @EnumSource
  void getsABodyThatIsNoText(Kind kind) throws Exception {
    assertThat(run(kind, checked(new byte[] {0, -1, '\n', -2}))).isEqualTo(Outcome.done());
  }

  @ParameterizedTest
  @EnumSource
  void getsABodyOfAMebibyte(Kind kind) throws Exception {
    var body = new byte[1024 * 1024];
    new Random(1).nextBytes(body);

    assertThat(run(kind, checked(body))).isEqualTo(Outcome.done());
  }

  @ParameterizedTest
  @EnumSource
  void runsManyAtOnce(Kind kind) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var outcomes =
          IntStream.range(0, 8)
              .mapToObj(i -> threads.submit(() -> run(kind, checked(new byte[] {(byte) i}))))
              .toList();

      for (var outcome : outcomes) {
        assertThat(outcome.get()).isEqualTo(Outcome.done());
      }
    }
  }

  private static TaskRunner runner(Kind kind) {
    return switch (kind) {
      case JAVA -> create(new HandlerConfiguration.Java(Obedient.class.getName()));
      case JAVA_BATCH ->
          Handlers.create(
              new HandlerConfiguration.Java(ObedientBatch.class.getName()),
              Optional.of(new Batch(4, Duration.ofMillis(5))),
              TaskTracing.NONE,
              "",
              "");
      case HTTP -> create(new HandlerConfiguration.Http(endpoint.url()));
      case EXEC_PROCESS -> create(new HandlerConfiguration.Exec(SCRIPT, Protocol.PROCESS));
      case EXEC_JSON_LINES ->
          create(new HandlerConfiguration.Exec(LineProgram.command(), Protocol.JSON_LINES));
    };
  }

  private static TaskRunner create(HandlerConfiguration configuration) {
    return Handlers.create(configuration, Optional.empty(), TaskTracing.NONE, "", "");
  }

  private static Outcome run(Kind kind, Task<byte[]> task) throws Exception {
    return Objects.requireNonNull(RUNNERS.get(kind))
        .run(task, "text/plain", new SomeTask.Attempt());
  }

  private static Future<Outcome> submit(Kind kind, Task<byte[]> task) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.submit(() -> run(kind, task));
    }
  }

  private static Throwable throwing(Kind kind, Task<byte[]> task) {
    try {
      return new AssertionError("ended with " + run(kind, task));
    } catch (Exception e) {
      return e;
    }
  }

  /// Done only if the handler is told all of it.
  private static Task<byte[]> checked(byte[] body) {
    var headers = Map.<String, Object>of("tenant", "Müller & Co", "digest", Obedience.digest(body));
    return SomeTask.of("check", headers, body);
  }

  private static Outcome obey(Task<byte[]> task, TaskContext context)
      throws IOException, InterruptedException {
    var headers = task.headers();
    return Obedience.obey(
        task.type(),
        String.valueOf(headers.get("started")),
        new Obedience.Told(
            task.id().orElse(""),
            task.routingKey(),
            context.attempt(),
            context.firstSeen().toEpochMilli(),
            context.deadline().toEpochMilli(),
            "text/plain",
            context.traceparent().orElse(""),
            String.valueOf(headers.get("tenant")),
            String.valueOf(headers.get("digest")),
            Obedience.digest(task.payload())));
  }
}
