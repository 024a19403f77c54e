package dev.warren.local.demo;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;

/// Watches the tasks from the first publish on until the account adds up, or nothing moves any
/// more. For one thread.
final class Watch {
  /// How long nothing may move before the demo gives up.
  private static final Duration STALL_PATIENCE = Duration.ofMinutes(3);

  /// How long all must be quiet before the effects are counted although some seem to be missing: a
  /// retry may be on its way, and figures are some seconds old.
  private static final Duration QUIET = Duration.ofSeconds(6);

  /// Draws up the account.
  interface Counting {
    Account count(ExampleProcess producer, Progress last, RateMeter meter)
        throws IOException, InterruptedException, TimeoutException;
  }

  private final int planned;
  private final ExampleResources resources;
  private final WorkerCounts counts;
  private final ProgressView view;
  private final Counting counting;
  private final RateMeter meter = new RateMeter();
  private boolean sawFirst;

  /// @param planned how many tasks the producer was told to publish
  Watch(
      int planned,
      ExampleResources resources,
      WorkerCounts counts,
      ProgressView view,
      Counting counting) {
    this.planned = planned;
    this.resources = resources;
    this.counts = counts;
    this.view = view;
    this.counting = counting;
  }

  Account run(ExampleProcess producer) throws IOException, InterruptedException, TimeoutException {
    var last = look(producer);
    var moved = Instant.now();
    var counted = Instant.EPOCH;
    while (true) {
      var published = !producer.running();
      if (published) {
        producer.join();
      }
      var now = look(producer);
      if (!now.equals(last)) {
        moved = Instant.now();
      }
      last = now;
      var stalled = Instant.now().isAfter(moved.plus(STALL_PATIENCE));
      var still = Instant.now().isAfter(later(moved, counted).plus(QUIET));
      var settled = now.settled() >= now.tasks() && counted.equals(Instant.EPOCH);
      if (stalled || (published && now.quiet() && (settled || still))) {
        counted = Instant.now();
        var account = counting.count(producer, now, meter);
        if (account.missing() <= 0 || stalled) {
          view.close(now);
          return account;
        }
      }
      Thread.sleep(Waiting.LOOK);
    }
  }

  private Progress look(ExampleProcess producer) throws InterruptedException {
    var held = resources.held();
    var counted = counts.count(resources.workers());
    var step = producer.step();
    var published = step.map(ExampleProcess.Step::published).orElse(0L);
    step.ifPresent(known -> meter.start(Instant.now()));
    var progress =
        new Progress(
            step.map(ExampleProcess.Step::tasks).orElse((long) planned),
            published,
            resources.hasCustomWorker() ? gone(published, held) : counted.done(),
            counted.retried(),
            held,
            resources.fleet());
    meter.done(progress.done(), Instant.now());
    view.show(progress);
    if (!sawFirst && progress.done() > 0) {
      view.say("the first task is done");
      sawFirst = true;
    }
    return progress;
  }

  /// Tasks that have left the queues, as far as is known.
  private static long gone(long published, Progress.Queues held) {
    if (held.waiting().isEmpty() || held.running().isEmpty()) {
      return 0;
    }
    var there =
        held.waiting().getAsLong() + held.running().getAsLong() + held.deadLettered().orElse(0);
    return Math.max(0, published - there);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
