package dev.warren.worker;

import dev.warren.model.ErrorRule;
import dev.warren.worker.flow.FlowControl;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.MDC;

/// Takes one delivery through its attempt: read, run, decide, settle, tell. Called on the attempt's
/// virtual thread.
///
/// @param rules those of the day
/// @param stopping counted down when the pod stops
record TaskProcessor(
    Supplier<SettlementRules> rules,
    TaskRunner runner,
    TaskMonitor monitor,
    TaskTracing tracing,
    FlowControl flow,
    HandBack handBack,
    Clock clock,
    CountDownLatch stopping) {
  /// How long a task is kept whose successor the broker would not take: given back at once, it
  /// would run again and again at full speed until somebody declares the missing queue.
  private static final Duration REFUSED_PAUSE = Duration.ofSeconds(1);

  /// @param handlerDone called when the handler is through and the rest needs no permit, unless
  ///   somebody else has taken the attempt from its thread
  void process(Attempt attempt, Runnable handlerDone) {
    if (attempt.isTaken()) { // before its thread got its first turn
      return;
    }
    var delivery = attempt.delivery();
    IncomingTask task;
    Optional<AttemptResult> result;
    long start = System.nanoTime();
    try {
      task = read(delivery);
      attempt.follow(begin(task));
      result = attempt.finish(run(task, attempt));
    } finally {
      if (!attempt.isTaken()) {
        handlerDone.run();
      }
    }
    if (result.isPresent()) {
      var took = Duration.ofNanos(System.nanoTime() - start);
      end(attempt.span(), delivery, task, result.get(), took);
    }
  }

  /// Settles as timed out what was taken from a thread that hangs.
  void settleHung(Attempt attempt, Duration took) {
    var delivery = attempt.delivery();
    end(attempt.span(), delivery, read(delivery), attempt.timedOut(), took);
  }

  /// Makes a dead letter of a task that is not to be run again.
  void settlePoisoned(Delivery delivery) {
    var result = new AttemptResult.Poisoned(delivery.redeliveries());
    var task = read(delivery);
    end(begin(task), delivery, task, result, Duration.ZERO);
  }

  private IncomingTask read(Delivery delivery) {
    return IncomingTask.read(delivery.properties(), delivery.body(), clock.instant());
  }

  private TaskSpan begin(IncomingTask task) {
    return tracing.begin(
        new TracedAttempt(task.task(), task.exchange(), task.attempt(), task.sent()));
  }

  private void end(
      TaskSpan span, Delivery delivery, IncomingTask task, AttemptResult result, Duration took) {
    var settlement = rules.get().decide(result, delivery.properties(), task, clock.instant());
    flow.count(isFailure(result));
    try (var _ = span.enter()) {
      var status = settle(span, delivery, settlement);
      monitor.settled(status);
      if (status == TaskStatus.DONE) {
        var published = task.published().orElse(task.firstSeen());
        monitor.completed(Duration.between(published, clock.instant()));
      }
      TaskLog.settled(task, settlement, result, status, took);
      span.end(status);
    }
  }

  /// Whether the end of an attempt hints at an outage: it failed, or took too long. Whatever the
  /// handler answers otherwise, and exceptions that a rule takes for an answer, show that it could
  /// do its work.
  private boolean isFailure(AttemptResult result) {
    return switch (result) {
      case AttemptResult.TimedOut _ -> true;
      case AttemptResult.Returned(var outcome) -> outcome instanceof Outcome.Retry;
      case AttemptResult.Threw(UnreadableBodyException _) -> false;
      case AttemptResult.Threw(var cause) ->
          rules
              .get()
              .errors()
              .find(cause)
              .map(rule -> rule.outcome() == ErrorRule.Outcome.RETRY)
              .orElse(true);
      case AttemptResult.Stopped _, AttemptResult.Poisoned _ -> false;
    };
  }

  private AttemptResult run(IncomingTask task, Attempt attempt) {
    try (var _ = attempt.span().enter();
        var _ = MDC.putCloseable("task_id", task.task().id().orElse(null));
        var _ = MDC.putCloseable("attempt", Integer.toString(task.attempt()))) {
      task.waited().ifPresent(monitor::waited);
      return call(task, new AttemptContext(task, attempt));
    }
  }

  // A handler may throw anything, a stack overflow included, and must not take the delivery with
  // it.
  private AttemptResult call(IncomingTask task, TaskContext context) {
    monitor.started();
    long start = System.nanoTime();
    try {
      return new AttemptResult.Returned(runner.run(task.task(), task.contentType(), context));
    } catch (Throwable e) {
      return new AttemptResult.Threw(e);
    } finally {
      var took = Duration.ofNanos(System.nanoTime() - start);
      monitor.finished(took);
      flow.took(took);
    }
  }

  /// Does what was decided and tells how the delivery really ended.
  private TaskStatus settle(TaskSpan span, Delivery delivery, Settlement settlement) {
    return switch (settlement) {
      case Settlement.Acknowledge acknowledge -> {
        delivery.acknowledge();
        yield acknowledge.status();
      }
      case Settlement.Replace replace -> replace(span, delivery, replace);
      case Settlement.GiveBack _ -> {
        handBack.giveBack(delivery);
        yield TaskStatus.RETURNED;
      }
    };
  }

  private TaskStatus replace(TaskSpan span, Delivery delivery, Settlement.Replace replace) {
    if (replace.status() != TaskStatus.SNOOZE) {
      replace.failure().ifPresent(failure -> span.failed(failure.errorClass(), failure.message()));
    }
    try {
      if (span.send(replace.successor(), delivery::publish)) {
        delivery.acknowledge();
        if (replace.status() == TaskStatus.FAIL) {
          replace.failure().map(Failure::errorClass).ifPresent(monitor::deadLettered);
        }
        return replace.status();
      }
      if (delivery.isOutstanding()) {
        var _ = stopping.await(REFUSED_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    handBack.giveBack(delivery);
    return TaskStatus.RETURNED;
  }
}
