package dev.warren.worker.handler;

import dev.warren.model.Batch;
import dev.warren.model.HandlerConfiguration;
import dev.warren.worker.TaskRunner;
import dev.warren.worker.TaskTracing;
import java.util.Optional;

/// Makes the handler that a worker is configured for.
public final class Handlers {
  private Handlers() {}

  /// The configured handler, ready to run.
  ///
  /// @param batch how tasks are gathered for a handler that takes several at once
  /// @param handlerPath where a class is searched; see {@link
  ///   dev.warren.model.WorkerPod#HANDLER_PATH}
  /// @param tracing told of batches
  /// @param searchPath where a command is searched: directories joined as in `PATH`
  /// @throws UnusableHandlerException if it cannot be used
  public static TaskRunner create(
      HandlerConfiguration configuration,
      Optional<Batch> batch,
      TaskTracing tracing,
      String handlerPath,
      String searchPath) {
    if (batch.isPresent() && !(configuration instanceof HandlerConfiguration.Java)) {
      throw new UnusableHandlerException(
          "spec.batch is set, but only a java handler takes several tasks at once; leave spec.batch out");
    }
    return switch (configuration) {
      case HandlerConfiguration.Java(var className) ->
          JavaRunner.load(className, new HandlerClassPath(handlerPath), batch, tracing);
      case HandlerConfiguration.Http(var url) -> new HttpRunner(url);
      case HandlerConfiguration.Exec(var command, var protocol) -> {
        var checked = Program.check(command, searchPath);
        yield switch (protocol) {
          case PROCESS -> new ExecRunner(checked);
          case JSON_LINES -> new JsonLinesRunner(checked);
        };
      }
    };
  }
}
