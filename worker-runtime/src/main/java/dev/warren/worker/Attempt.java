package dev.warren.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The life of one attempt: who runs it, until when, and whether it was cancelled first or finished
/// first. Safe for use by any thread; the engine, its watchdog and its stop meet here.
final class Attempt {
  private enum State {
    RUNNING,
    FINISHED,
    TIMED_OUT,
    STOPPED
  }

  private final Delivery delivery;
  private final Duration limit;
  private final Instant deadline;
  private final Thread thread;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final CancelActions cancelActions = new CancelActions();

  /// Written once, from RUNNING, under this object's monitor by whoever comes first; read by all.
  private volatile State state = State.RUNNING;

  /// Whether the handler is through, and so its thread settles the delivery. Guarded by this
  /// object's monitor.
  private boolean through;

  /// Whether somebody else settles the delivery. Written under this object's monitor, read by all.
  private volatile boolean taken;

  /// Written by the attempt's thread before it calls the handler, read by all.
  private volatile TaskSpan span = TaskSpan.NONE;

  /// Written by the handler, read when the attempt is over; empty before the handler tells.
  private volatile String progress = "";

  /// @param body what the attempt's thread does, given this attempt
  Attempt(Delivery delivery, Instant start, Duration limit, Consumer<Attempt> body) {
    this.delivery = delivery;
    this.limit = limit;
    this.deadline = start.plus(limit);
    this.thread = Thread.ofVirtual().name("task").unstarted(() -> body.accept(this));
  }

  Delivery delivery() {
    return delivery;
  }

  Instant deadline() {
    return deadline;
  }

  void start() {
    thread.start();
  }

  /// Called by the attempt's thread before it calls the handler.
  void follow(TaskSpan followed) {
    span = followed;
  }

  TaskSpan span() {
    return span;
  }

  /// Called by the attempt's thread when its delivery is settled.
  void end() {
    ended.countDown();
  }

  /// Waits for the end; false if it has not come in time.
  boolean awaitEnd(Duration longest) throws InterruptedException {
    return ended.await(longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  boolean hasEnded() {
    return thread.getState() == Thread.State.TERMINATED;
  }

  /// What its thread does now.
  StackTraceElement[] stackTrace() {
    return thread.getStackTrace();
  }

  boolean isCancelled() {
    return state == State.TIMED_OUT || state == State.STOPPED;
  }

  /// Called by the handler.
  void onCancel(Runnable action) {
    cancelActions.add(action);
  }

  /// Called by the handler.
  void progress(String step) {
    progress = step;
  }

  /// Called by the watchdog.
  void cancelIfOverdue(Instant now) {
    if (now.isAfter(deadline)) {
      cancel(State.TIMED_OUT);
    }
  }

  /// Called when the pod must stop.
  void stop() {
    cancel(State.STOPPED);
  }

  /// Called by the attempt's thread when the handler is through; no interrupt comes after it.
  ///
  /// @param result what the handler did, which counts unless the attempt was cancelled before
  /// @return the result that counts; empty if the delivery is no longer this thread's to settle
  synchronized Optional<AttemptResult> finish(AttemptResult result) {
    if (state == State.RUNNING) {
      state = State.FINISHED;
    }
    through = true;
    cancelActions.end();
    Thread.interrupted();
    return taken ? Optional.empty() : Optional.of(counting(result));
  }

  /// Takes the settlement from a thread that does not come to its end.
  ///
  /// @return whether the caller has to settle the delivery now; the attempt's thread never will
  synchronized boolean take() {
    var first = !through && !taken;
    taken = taken || first;
    return first;
  }

  /// Whether somebody else settles the delivery.
  boolean isTaken() {
    return taken;
  }

  /// Whether it was cancelled at its deadline, so long ago, and still runs.
  boolean isHung(Instant now, Duration grace) {
    return state == State.TIMED_OUT && !taken && now.isAfter(deadline.plus(grace));
  }

  /// How it ended if it did so at its deadline.
  AttemptResult timedOut() {
    return new AttemptResult.TimedOut(limit, progress);
  }

  private AttemptResult counting(AttemptResult result) {
    return switch (state) {
      case RUNNING, FINISHED -> result;
      case TIMED_OUT -> timedOut();
      case STOPPED -> new AttemptResult.Stopped();
    };
  }

  private synchronized void cancel(State reason) {
    if (state == State.RUNNING) {
      state = reason;
      thread.interrupt();
      cancelActions.cancel();
    }
  }
}
