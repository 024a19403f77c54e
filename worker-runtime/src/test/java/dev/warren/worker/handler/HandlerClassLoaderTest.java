package dev.warren.worker.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warren.model.Batch;
import dev.warren.model.HandlerConfiguration;
import dev.warren.worker.Outcome;
import dev.warren.worker.TaskRunner;
import dev.warren.worker.TaskTracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Handlers from jars of their own, beside the runtime's libraries.
class HandlerClassLoaderTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SERVICE = "META-INF/services/dev.warren.worker.TaskHandler";

  /// Answers with what it sees of the class path.
  private static final String GREETER =
      """
      package app;

      import com.fasterxml.jackson.annotation.JsonProperty;
      import dev.warren.worker.*;

      public final class Greeter implements TaskHandler<Greeter.Person> {
        public record Person(@JsonProperty("full_name") String name) {}

        @Override
        public Outcome handle(Task<Person> task, TaskContext context) throws Exception {
          return Outcome.drop(
              switch (task.type()) {
                case "greet" -> "Hello " + task.payload().name();
                case "own library" -> com.rabbitmq.client.ConnectionFactory.version();
                case "context class loader" ->
                    Thread.currentThread().getContextClassLoader().getName();
                case "trace" ->
                    io.opentelemetry.api.trace.Span.current().getSpanContext().getTraceId();
                case "resource" ->
                    new String(getClass().getResourceAsStream("/app.txt").readAllBytes());
                default -> Class.forName(task.type()).getClassLoader().getName();
              });
        }
      }
      """;

  /// Of the name of a class of a library that the runtime has too.
  private static final String OTHER_VERSION =
      """
      package com.rabbitmq.client;

      public class ConnectionFactory {
        public static String version() {
          return "the handler's";
        }
      }
      """;

  private static final String JACKSON_3000 =
      """
      package com.fasterxml.jackson.databind;

      public class ObjectMapper {}
      """;

  private static final String SECOND =
      """
      package app;

      import dev.warren.worker.*;

      public final class Second implements TaskHandler<byte[]> {
        @Override
        public Outcome handle(Task<byte[]> task, TaskContext context) {
          return Outcome.done();
        }
      }
      """;

  @TempDir private static Path directory;
  private static Path jar;

  @BeforeAll
  static void compile() throws Exception {
    jar =
        JarOfSources.make(
            directory.resolve("greeter.jar"),
            Map.of("app.Greeter", GREETER, "com.rabbitmq.client.ConnectionFactory", OTHER_VERSION),
            Map.of(SERVICE, "app.Greeter\n", "app.txt", "in the jar"));
  }

  @Test
  void readsPayloadsOfTheHandlersClassesAndHeedsTheirAnnotations() throws Exception {
    assertThat(run("greet", "{\"full_name\":\"Ada\"}")).isEqualTo(Outcome.drop("Hello Ada"));
  }

  @Test
  void takesLibrariesOfTheHandlerBeforeTheRuntimes() throws Exception {
    assertThat(run("own library", "{}")).isEqualTo(Outcome.drop("the handler's"));
  }

  @Test
  void sharesTheCurrentSpanWithTheHandler() throws Exception {
    var span =
        Span.wrap(
            SpanContext.create(
                TRACE, "b7ad6b7169203331", TraceFlags.getSampled(), TraceState.getDefault()));

    try (var _ = span.makeCurrent()) {
      assertThat(run("trace", "{}")).isEqualTo(Outcome.drop(TRACE));
    }
  }

  @Test
  void hidesLibrariesOfTheRuntimeThatTheHandlerHasNot() {
    assertThatThrownBy(() -> run("io.micrometer.core.instrument.Counter", "{}"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void lendsTheRuntimesJacksonToAHandlerWithoutOne() throws Exception {
    assertThat(run("com.fasterxml.jackson.databind.ObjectMapper", "{}"))
        .isEqualTo(Outcome.drop("app"));
  }

  @Test
  void lendsNothingOfJacksonToAHandlerThatBringsItsOwn() throws Exception {
    var own =
        JarOfSources.make(
            directory.resolve("jackson.jar"),
            Map.of("com.fasterxml.jackson.databind.ObjectMapper", JACKSON_3000),
            Map.of());
    var runner = load(Optional.of("app.Greeter"), jar + ":" + own);

    assertThat(run(runner, "com.fasterxml.jackson.databind.ObjectMapper", "{}"))
        .isEqualTo(Outcome.drop("handler"));
    assertThatThrownBy(() -> run(runner, "com.fasterxml.jackson.core.JsonFactory", "{}"))
        .isInstanceOf(ClassNotFoundException.class);
    assertThat(run(runner, "greet", "{\"full_name\":\"Ada\"}"))
        .isEqualTo(Outcome.drop("Hello Ada"));
  }

  @Test
  void sharesTheHandlerApiAndTheLoggingApi() throws Exception {
    assertThat(run("dev.warren.worker.Task", "{}")).isEqualTo(Outcome.drop("app"));
    assertThat(run("org.slf4j.LoggerFactory", "{}")).isEqualTo(Outcome.drop("app"));
  }

  @Test
  void isTheContextClassLoaderAndFindsResources() throws Exception {
    assertThat(run("context class loader", "{}")).isEqualTo(Outcome.drop("handler"));
    assertThat(run("resource", "{}")).isEqualTo(Outcome.drop("in the jar"));
  }

  @Test
  void findsTheOnlyRegisteredHandler() throws Exception {
    var runner = load(Optional.empty(), jar.toString());

    assertThat(run(runner, "greet", "{\"full_name\":\"Ada\"}"))
        .isEqualTo(Outcome.drop("Hello Ada"));
  }

  @Test
  void namesAllHandlersWhenSeveralAreRegistered() throws Exception {
    var second =
        JarOfSources.make(
            directory.resolve("second.jar"),
            Map.of("app.Second", SECOND),
            Map.of(SERVICE, "app.Second"));

    assertThatThrownBy(() -> load(Optional.empty(), jar + ":" + second))
        .isInstanceOf(UnusableHandlerException.class)
        .hasMessage(
            "2 handlers are registered: app.Greeter, app.Second; choose one in spec.handler.java.className");
  }

  @Test
  void saysWhereItSearchedWhenNoHandlerIsRegistered() {
    var nowhere = directory.resolve("nowhere");

    assertThatThrownBy(() -> load(Optional.empty(), nowhere.toString()))
        .isInstanceOf(UnusableHandlerException.class)
        .hasMessageStartingWith(
            "no handler is registered: searched %s (does not exist); name its class in META-INF/services/dev.warren.worker.TaskHandler",
            nowhere);
  }

  @Test
  void namesARegisteredClassThatIsNotThere() throws Exception {
    var broken =
        JarOfSources.make(
            directory.resolve("broken.jar"),
            Map.of("app.Other", "package app; public class Other {}"),
            Map.of(SERVICE, "app.Missing"));

    assertThatThrownBy(() -> load(Optional.empty(), broken.toString()))
        .isInstanceOf(UnusableHandlerException.class)
        .hasMessageContaining("a registered handler cannot be loaded")
        .hasMessageContaining("app.Missing");
  }

  @Test
  void refusesBatchesForAHandlerThatTakesTasksSingly() {
    assertThatThrownBy(
            () ->
                Handlers.create(
                    new HandlerConfiguration.Java("app.Greeter"),
                    Optional.of(new Batch(5, Duration.ZERO)),
                    TaskTracing.NONE,
                    jar.toString(),
                    ""))
        .isInstanceOf(UnusableHandlerException.class)
        .hasMessageContaining("handler class 'app.Greeter' takes tasks singly");
  }

  private static Outcome run(String type, String body) throws Exception {
    return run(load(Optional.of("app.Greeter"), jar.toString()), type, body);
  }

  private static Outcome run(TaskRunner runner, String type, String body) throws Exception {
    try {
      return runner.run(
          SomeTask.of(type, Map.of(), body), "application/json", new SomeTask.Attempt());
    } finally {
      Thread.currentThread().setContextClassLoader(HandlerClassLoaderTest.class.getClassLoader());
    }
  }

  private static TaskRunner load(Optional<String> className, String path) {
    return Handlers.create(
        new HandlerConfiguration.Java(className), Optional.empty(), TaskTracing.NONE, path, "");
  }
}
