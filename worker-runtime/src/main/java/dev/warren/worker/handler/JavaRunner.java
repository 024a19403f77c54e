package dev.warren.worker.handler;

import dev.warren.model.Batch;
import dev.warren.worker.BatchTaskHandler;
import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskHandler;
import dev.warren.worker.TaskRunner;
import dev.warren.worker.TaskTracing;
import java.util.Optional;
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
    this.payloads = Payloads.of(handler.getClass(), TaskHandler.class);
  }

  /// A runner of an instance of the named class, or of the registered one.
  ///
  /// @param batch how tasks are gathered for a {@link BatchTaskHandler}
  /// @param tracing told of batches
  /// @throws UnusableHandlerException if there is none to be had
  static TaskRunner load(
      Optional<String> className,
      HandlerClassPath path,
      Optional<Batch> batch,
      TaskTracing tracing) {
    var instance = HandlerClass.instance(className, path);
    return batch.isPresent() ? together(instance, batch.get(), tracing) : singly(instance);
  }

  private static TaskRunner singly(Object instance) {
    if (instance instanceof TaskHandler<?> handler) {
      return new JavaRunner(checked(handler));
    }
    throw new UnusableHandlerException(
        "handler class '%s' takes batches, but spec.batch is not set; set spec.batch.size, to spec.concurrency at most"
            .formatted(instance.getClass().getName()));
  }

  private static TaskRunner together(Object instance, Batch batch, TaskTracing tracing) {
    if (instance instanceof BatchTaskHandler<?> handler) {
      return BatchRunner.of(handler, batch, tracing);
    }
    throw new UnusableHandlerException(
        "spec.batch is set, but handler class '%s' takes tasks singly; implement %s or leave spec.batch out"
            .formatted(instance.getClass().getName(), BatchTaskHandler.class.getName()));
  }

  @Override
  public Outcome run(Task<byte[]> task, String contentType, TaskContext context) throws Exception {
    Thread.currentThread().setContextClassLoader(handler.getClass().getClassLoader());
    var outcome = handler.handle(payloads.read(task), context);
    if (outcome == null) {
      throw new IllegalStateException(
          "handler class '%s' returned null; return an Outcome"
              .formatted(handler.getClass().getName()));
    }
    return outcome;
  }

  @Override
  public void close() {
    close(handler);
  }

  /// Closes a handler that wants it.
  static void close(Object handler) {
    if (handler instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        LOG.atWarn().setCause(e).log("The handler could not be closed");
      }
    }
  }

  // Whatever T is, Payloads makes one from the same type argument.
  @SuppressWarnings("unchecked")
  private static TaskHandler<Object> checked(TaskHandler<?> handler) {
    return (TaskHandler<Object>) handler;
  }
}
