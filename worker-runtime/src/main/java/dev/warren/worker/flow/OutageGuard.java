package dev.warren.worker.flow;

import dev.warren.model.Breaker;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The circuit breaker of the settings of the day, if they want one. {@link #count} and {@link
/// #level} are for any thread, {@link #judge} is for one.
final class OutageGuard {
  private static final Logger LOG = LoggerFactory.getLogger(OutageGuard.class);

  private final OutcomeCounts outcomes = new OutcomeCounts();

  /// Null without a breaker. Written by the one thread, read by all.
  private volatile @Nullable CircuitBreaker breaker;

  /// Whose breaker it is; the one thread's.
  private Optional<Breaker> settings = Optional.empty();

  /// A task ended.
  void count(boolean failed) {
    if (breaker != null) {
      outcomes.count(failed);
    }
  }

  /// How the breaker stands: 0 closed or none, 1 probing, 2 open.
  int level() {
    var current = breaker;
    return current == null
        ? 0
        : switch (current.phase()) {
          case CLOSED -> 0;
          case PROBING -> 1;
          case OPEN -> 2;
        };
  }

  /// How it stands after what was counted since the last call.
  CircuitBreaker.Phase judge(Optional<Breaker> wanted, long now) {
    if (!wanted.equals(settings)) {
      settings = wanted;
      breaker = wanted.map(CircuitBreaker::new).orElse(null);
    }
    var current = breaker;
    if (current == null) {
      return CircuitBreaker.Phase.CLOSED;
    }
    var before = current.phase();
    var after = current.tick(outcomes.take(), now);
    if (before != after) {
      tell(current, after);
    }
    return after;
  }

  private static void tell(CircuitBreaker breaker, CircuitBreaker.Phase phase) {
    switch (phase) {
      case OPEN ->
          LOG.atWarn()
              .addKeyValue("tasks", breaker.judgedTasks())
              .addKeyValue("failed", breaker.judgedFailures())
              .addKeyValue("pause_ms", breaker.pause().toMillis())
              .log("The circuit breaker opens: too many tasks fail");
      case PROBING -> LOG.info("The circuit breaker lets single tasks probe");
      case CLOSED -> LOG.info("The circuit breaker closes: tasks succeed again");
    }
  }
}
