package dev.warren.worker;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.MDC;

/// Takes one delivery through its attempt: read, run, decide, settle, tell. Called on the attempt's
/// virtual thread.
///
/// @param stopping counted down when the pod stops
record TaskProcessor(
    SettlementRules rules,
    TaskRunner runner,
    TaskMonitor monitor,
    Clock clock,
    CountDownLatch stopping) {
  /// How long a task is kept whose successor the broker would not take: given back at once, it
  /// would run again and again at full speed until somebody declares the missing queue.
  private static final Duration REFUSED_PAUSE = Duration.ofSeconds(1);

  /// @param handlerDone called when the handler is through and the rest needs no permit
  void process(Attempt attempt, Runnable handlerDone) {
    var delivery = attempt.delivery();
    IncomingTask task;
    AttemptResult result;
    long start = System.nanoTime();
    try {
      task = IncomingTask.read(delivery.properties(), delivery.body(), clock.instant());
      task.waited().ifPresent(monitor::waited);
      result = attempt.finish(run(task, new AttemptContext(task, attempt)));
    } finally {
      handlerDone.run();
    }
    var took = Duration.ofNanos(System.nanoTime() - start);
    var settlement = rules.decide(result, delivery.properties(), task, clock.instant());
    var status = settle(delivery, settlement);
    monitor.settled(status);
    TaskLog.settled(task, settlement, result, status, took);
  }

  // A handler may throw anything, a stack overflow included, and must not take the delivery with
  // it.
  private AttemptResult run(IncomingTask task, TaskContext context) {
    monitor.started();
    long start = System.nanoTime();
    try (var _ = MDC.putCloseable("task_id", task.task().id().orElse(null));
        var _ = MDC.putCloseable("attempt", Integer.toString(task.attempt()))) {
      return new AttemptResult.Returned(runner.run(task.task(), task.contentType(), context));
    } catch (Throwable e) {
      return new AttemptResult.Threw(e);
    } finally {
      monitor.finished(Duration.ofNanos(System.nanoTime() - start));
    }
  }

  /// Does what was decided and tells how the delivery really ended.
  private TaskStatus settle(Delivery delivery, Settlement settlement) {
    return switch (settlement) {
      case Settlement.Acknowledge acknowledge -> {
        delivery.acknowledge();
        yield acknowledge.status();
      }
      case Settlement.Replace replace -> replace(delivery, replace);
      case Settlement.GiveBack _ -> {
        delivery.giveBack();
        yield TaskStatus.RETURNED;
      }
    };
  }

  private TaskStatus replace(Delivery delivery, Settlement.Replace replace) {
    try {
      if (delivery.publish(replace.successor())) {
        delivery.acknowledge();
        return replace.status();
      }
      if (delivery.isOutstanding()) {
        var _ = stopping.await(REFUSED_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    delivery.giveBack();
    return TaskStatus.RETURNED;
  }
}
