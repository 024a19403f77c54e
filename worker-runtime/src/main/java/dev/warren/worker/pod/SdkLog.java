package dev.warren.worker.pod;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Brings what OpenTelemetry's SDK logs by the JDK's logging into the pod's log. Safe for use by
/// many threads.
final class SdkLog extends Handler {
  /// Held, because the JDK forgets loggers that nobody holds.
  private static final Logger SDK = Logger.getLogger("io.opentelemetry");

  private final org.slf4j.Logger log = LoggerFactory.getLogger(SDK.getName());

  private SdkLog() {}

  /// From now on, instead of to the standard error.
  static void start() {
    SDK.setUseParentHandlers(false);
    SDK.addHandler(new SdkLog());
  }

  @Override
  public void publish(LogRecord told) {
    log.atLevel(level(told.getLevel()))
        .setCause(told.getThrown())
        .addKeyValue("reason", told.getMessage())
        .log("OpenTelemetry tells something");
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  private static Level level(java.util.logging.Level level) {
    int value = level.intValue();
    if (value >= java.util.logging.Level.SEVERE.intValue()) {
      return Level.ERROR;
    }
    return value >= java.util.logging.Level.WARNING.intValue() ? Level.WARN : Level.DEBUG;
  }
}
