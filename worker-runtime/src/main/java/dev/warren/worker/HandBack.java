package dev.warren.worker;

import dev.warren.model.TaskHeaders;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Returns tasks to their queue without making them suspect. A broker counts every return as if a
/// worker had died over the task; so one that has come back before goes as a successor, which takes
/// its count along unchanged, to the end of the queue; unless order is promised. Safe for use by
/// many threads; nothing blocks but {@link #await}.
final class HandBack {
  private static final Logger LOG = LoggerFactory.getLogger(HandBack.class);

  private final Supplier<SettlementRules> rules;
  private final Clock clock;

  /// Successors that the broker has not confirmed. Guarded by its monitor.
  private final AtomicInteger pending = new AtomicInteger();

  HandBack(Supplier<SettlementRules> rules, Clock clock) {
    this.rules = rules;
    this.clock = clock;
  }

  /// Returns a task that may have come back before.
  void giveBack(Delivery delivery) {
    if (delivery.redeliveries() == 0 || rules.get().configuration().ordered()) {
      delivery.giveBack();
    } else {
      replace(delivery, isToRunAlone(delivery), delivery::giveBack);
    }
  }

  /// Puts a successor in the place of a delivery, so that its count stands in the message itself.
  ///
  /// @param alone whether the successor is to be run alone
  /// @param refused run instead of acknowledging if the broker does not take it
  void replace(Delivery delivery, boolean alone, Runnable refused) {
    pending.incrementAndGet();
    Thread.ofVirtual().name("hand-back").start(() -> publish(delivery, alone, refused));
  }

  /// Whether it was published to be run alone.
  static boolean isToRunAlone(Delivery delivery) {
    return delivery.properties().headers().containsKey(TaskHeaders.RUN_ALONE);
  }

  /// How many are on their way.
  int pending() {
    return pending.get();
  }

  /// Waits until none is on its way, or until this time has passed.
  void await(Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    synchronized (pending) {
      while (pending.get() > 0 && end - System.nanoTime() > 0) {
        pending.wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
      }
    }
  }

  private void publish(Delivery delivery, boolean alone, Runnable refused) {
    try {
      var task = IncomingTask.read(delivery.properties(), delivery.body(), clock.instant());
      var successor =
          rules.get().unchanged(delivery.properties(), task, delivery.redeliveries(), alone);
      if (delivery.publish(successor)) {
        delivery.acknowledge();
      } else {
        refused.run();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      delivery.giveBack();
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("A delivery could not be handed back by a successor");
      delivery.giveBack();
    } finally {
      synchronized (pending) {
        pending.decrementAndGet();
        pending.notifyAll();
      }
    }
  }
}
