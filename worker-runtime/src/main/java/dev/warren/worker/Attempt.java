package dev.warren.worker;

import java.time.Duration;
import java.time.Instant;
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

  /// Written once, from RUNNING, under this object's monitor by whoever comes first; read by all.
  private volatile State state = State.RUNNING;

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

  /// Called by the attempt's thread when its delivery is settled.
  void end() {
    ended.countDown();
  }

  /// Waits for the end; false if it has not come in time.
  boolean awaitEnd(Duration longest) throws InterruptedException {
    return ended.await(longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  boolean isCancelled() {
    return state == State.TIMED_OUT || state == State.STOPPED;
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
  synchronized AttemptResult finish(AttemptResult result) {
    if (state == State.RUNNING) {
      state = State.FINISHED;
    }
    Thread.interrupted();
    return switch (state) {
      case RUNNING, FINISHED -> result;
      case TIMED_OUT -> new AttemptResult.TimedOut(limit);
      case STOPPED -> new AttemptResult.Stopped();
    };
  }

  private synchronized void cancel(State reason) {
    if (state == State.RUNNING) {
      state = reason;
      thread.interrupt();
    }
  }
}
