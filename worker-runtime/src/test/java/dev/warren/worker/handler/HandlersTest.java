package dev.warren.worker.handler;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warren.model.HandlerConfiguration;
import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskHandler;
import dev.warren.worker.TaskTracing;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a user reads who has configured a handler that cannot be used.
class HandlersTest {
  /// Has no constructor for the runtime.
  public static final class NeedsArguments implements TaskHandler<byte[]> {
    /// Takes one too many.
    public NeedsArguments(String argument) {}

    @Override
    public Outcome handle(Task<byte[]> task, TaskContext context) {
      return Outcome.done();
    }
  }

  /// Breaks when made.
  public static final class Broken implements TaskHandler<byte[]> {
    /// Throws.
    public Broken() {
      throw new IllegalStateException("no database");
    }

    @Override
    public Outcome handle(Task<byte[]> task, TaskContext context) {
      return Outcome.done();
    }
  }

  @Test
  void namesAMissingClassAndWhereItSearched() {
    assertThatThrownBy(() -> java("com.example.Missing"))
        .isInstanceOf(UnusableHandlerException.class)
        .hasMessage(
            "handler class 'com.example.Missing' is not on the handler path: searched /no/such/directory"
                + " (does not exist); put its jar there or correct spec.handler.java.className");
  }

  @Test
  void namesAClassThatIsNoHandler() {
    assertThatThrownBy(() -> java("java.lang.String"))
        .isInstanceOf(UnusableHandlerException.class)
        .hasMessageContaining(
            "'java.lang.String' does not implement dev.warren.worker.TaskHandler");
  }

  @Test
  void namesAClassWithoutAConstructor() {
    assertThatThrownBy(() -> java(NeedsArguments.class.getName()))
        .isInstanceOf(UnusableHandlerException.class)
        .hasMessageContaining("no public constructor without parameters");
  }

  @Test
  void namesAClassWhoseConstructorThrows() {
    assertThatThrownBy(() -> java(Broken.class.getName()))
        .isInstanceOf(UnusableHandlerException.class)
        .hasMessageContaining("threw java.lang.IllegalStateException: no database");
  }

  @Test
  void namesAMissingProgram() {
    assertThatThrownBy(
            () ->
                Handlers.create(
                    new HandlerConfiguration.Exec(List.of("no-such-program")),
                    Optional.empty(),
                    TaskTracing.NONE,
                    "",
                    "/bin:/usr/bin"))
        .isInstanceOf(UnusableHandlerException.class)
        .hasMessageContaining("there is no program 'no-such-program', searched in /bin:/usr/bin");
  }

  private static void java(String className) {
    var _ =
        Handlers.create(
            new HandlerConfiguration.Java(className),
            Optional.empty(),
            TaskTracing.NONE,
            "/no/such/directory",
            "");
  }
}
