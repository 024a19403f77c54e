package dev.warren.worker.pod;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import dev.warren.model.LogLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The level of the pod's log. `WARREN_LOG_LEVEL`, if it is set, wins over the configuration.
final class Logging {
  private static final String VARIABLE = "WARREN_LOG_LEVEL";

  private Logging() {}

  static void setLevel(LogLevel level) {
    if (System.getenv(VARIABLE) == null
        && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.toLevel(level.name()));
    }
  }
}
