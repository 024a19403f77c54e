package dev.warren.worker;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a handler wants done when its attempt is cancelled. Safe for use by any thread; the actions
/// run on virtual threads, never on the caller's, which may be the watchdog.
final class CancelActions {
  private static final Logger LOG = LoggerFactory.getLogger(CancelActions.class);

  private enum State {
    WAITING,
    CANCELLED,
    OVER
  }

  /// Guarded by this object's monitor, as is the state.
  private final List<Runnable> actions = new ArrayList<>();

  private State state = State.WAITING;

  synchronized void add(Runnable action) {
    switch (state) {
      case WAITING -> actions.add(action);
      case CANCELLED -> start(List.of(action));
      case OVER -> {}
    }
  }

  /// Starts the actions, one after the other, unless the attempt is over.
  synchronized void cancel() {
    if (state == State.WAITING) {
      state = State.CANCELLED;
      if (!actions.isEmpty()) {
        start(List.copyOf(actions));
      }
    }
  }

  /// Forgets the actions, because nothing is left to cancel.
  synchronized void end() {
    state = State.OVER;
    actions.clear();
  }

  private static void start(List<Runnable> actions) {
    Thread.ofVirtual().name("task-cancel").start(() -> actions.forEach(CancelActions::run));
  }

  // One action's failure, of whatever kind, keeps no other from running.
  private static void run(Runnable action) {
    try {
      action.run();
    } catch (Throwable e) {
      LOG.atWarn().setCause(e).log("An action on cancellation failed");
    }
  }
}
