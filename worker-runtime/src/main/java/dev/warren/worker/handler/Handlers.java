package dev.warren.worker.handler;

import dev.warren.model.HandlerConfiguration;
import dev.warren.worker.TaskRunner;

/// Makes the handler that a worker is configured for.
public final class Handlers {
  private Handlers() {}

  /// The configured handler, ready to run.
  ///
  /// @param handlerPath where a class is searched; see {@link
  ///   dev.warren.model.WorkerPod#HANDLER_PATH}
  /// @param searchPath where a command is searched: directories joined as in `PATH`
  /// @throws UnusableHandlerException if it cannot be used
  public static TaskRunner create(
      HandlerConfiguration configuration, String handlerPath, String searchPath) {
    return switch (configuration) {
      case HandlerConfiguration.Java(var className) ->
          JavaRunner.load(className, new HandlerClassPath(handlerPath));
      case HandlerConfiguration.Http(var url) -> new HttpRunner(url);
      case HandlerConfiguration.Exec(var command) -> ExecRunner.create(command, searchPath);
    };
  }
}
