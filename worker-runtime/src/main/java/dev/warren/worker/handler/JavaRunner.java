package dev.warren.worker.handler;

import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskHandler;
import dev.warren.worker.TaskRunner;
import dev.warren.worker.UnreadableBodyException;
import java.lang.reflect.InvocationTargetException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs tasks in an instance of the user's class. Closed, it closes the instance if that is {@link
/// AutoCloseable}.
final class JavaRunner implements TaskRunner {
  private static final Logger LOG = LoggerFactory.getLogger(JavaRunner.class);

  private final TaskHandler<Object> handler;
  private final Payloads payloads;

  private JavaRunner(TaskHandler<Object> handler) {
    this.handler = handler;
    this.payloads = Payloads.of(handler.getClass());
  }

  /// An instance of the named class.
  ///
  /// @throws UnusableHandlerException if there is none to be had
  static JavaRunner load(String className, HandlerClassPath path) {
    try {
      var type = Class.forName(className, true, path.loader());
      if (!TaskHandler.class.isAssignableFrom(type)) {
        throw new UnusableHandlerException(
            "handler class '%s' does not implement %s; let it, or name another class in spec.handler.java.className"
                .formatted(className, TaskHandler.class.getName()));
      }
      return new JavaRunner(instance(type));
    } catch (ClassNotFoundException e) {
      throw new UnusableHandlerException(
          "handler class '%s' is not on the handler path: %s; put its jar there or correct spec.handler.java.className"
              .formatted(className, path.describe()),
          e);
    } catch (LinkageError e) {
      throw new UnusableHandlerException(
          "handler class '%s' cannot be loaded: %s; %s; put what is missing there"
              .formatted(className, e, path.describe()),
          e);
    }
  }

  @Override
  public Outcome run(Task<byte[]> task, String contentType, TaskContext context) throws Exception {
    Thread.currentThread().setContextClassLoader(handler.getClass().getClassLoader());
    var outcome = handler.handle(withPayload(task), context);
    if (outcome == null) {
      throw new IllegalStateException(
          "handler class '%s' returned null; return an Outcome"
              .formatted(handler.getClass().getName()));
    }
    return outcome;
  }

  @Override
  public void close() {
    if (handler instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        LOG.atWarn().setCause(e).log("The handler could not be closed");
      }
    }
  }

  private Task<Object> withPayload(Task<byte[]> task) throws UnreadableBodyException {
    return new Task<>(
        task.id(),
        task.type(),
        task.routingKey(),
        task.priority(),
        task.headers(),
        payloads.read(task.payload()));
  }

  // Whatever T is, Payloads makes one from the same type argument.
  @SuppressWarnings("unchecked")
  private static TaskHandler<Object> instance(Class<?> type) {
    try {
      return (TaskHandler<Object>) type.getConstructor().newInstance();
    } catch (InvocationTargetException e) {
      throw new UnusableHandlerException(
          "the constructor of handler class '%s' threw %s; mend it"
              .formatted(type.getName(), e.getCause()),
          e);
    } catch (ReflectiveOperationException e) {
      throw new UnusableHandlerException(
          "handler class '%s' has no public constructor without parameters, or is not public or abstract; give it one"
              .formatted(type.getName()),
          e);
    }
  }
}
