package dev.warren.worker;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// The one line that the log holds for each delivery: at DEBUG when all went well, at INFO when the
/// task will come back or was dropped, at WARN when it is a dead letter or went back unsettled.
final class TaskLog {
  private static final Logger LOG = LoggerFactory.getLogger("dev.warren.worker.task");

  private TaskLog() {}

  static void settled(
      IncomingTask task,
      Settlement settlement,
      AttemptResult result,
      TaskStatus status,
      Duration took) {
    withReason(at(status), settlement, result, status)
        .addKeyValue("task_id", task.task().id().orElse(""))
        .addKeyValue("routing_key", task.task().routingKey())
        .addKeyValue("attempt", task.attempt())
        .addKeyValue("duration_ms", took.toMillis())
        .addKeyValue("status", status.label())
        .log("Task settled");
  }

  private static LoggingEventBuilder at(TaskStatus status) {
    return switch (status) {
      case DONE -> LOG.atDebug();
      case RETRY, SNOOZE, DROP -> LOG.atInfo();
      case FAIL, RETURNED -> LOG.atWarn();
    };
  }

  /// The stack trace goes with the dead letter only: a retry's would be one of many.
  private static LoggingEventBuilder withReason(
      LoggingEventBuilder event, Settlement settlement, AttemptResult result, TaskStatus status) {
    if (settlement.reason().isEmpty()) {
      return event;
    }
    var told = event.addKeyValue("reason", settlement.reason().get());
    return status == TaskStatus.FAIL && result instanceof AttemptResult.Threw(var cause)
        ? told.setCause(cause)
        : told;
  }
}
