package dev.warren.worker;

import dev.warren.model.TaskHeaders;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps tasks over which workers seem to have died from taking others with them. One that has come
/// back twice is run alone: the window closes, what runs finishes, further suspects go back to the
/// queue as they are, and only then it starts. After it tasks come one by one for a while: where
/// one has come back, others are likely to follow. So a task that kills its worker is soon the only
/// one in flight, and the counts of its neighbours stand still.
///
/// No task is judged by its count alone: brokers that restart and pods that are killed bring
/// innocent tasks back too, however often. For its last run before the bound it is published anew,
/// to be run alone; if it comes back from that, it is a dead letter. Where order is promised
/// nothing may overtake, and only the bound holds. Safe for use by many threads.
final class Suspects {
  private static final Logger LOG = LoggerFactory.getLogger(Suspects.class);

  /// So often a task may come back and run among others: a pod that stops, or loses its connection,
  /// returns many that are innocent.
  private static final int RUNS_AMONG_OTHERS = 1;

  /// When so many tasks in a row are no suspects, or one comes so long after the last suspect, all
  /// is as usual again.
  private static final int INNOCENT = 50;

  private static final Duration QUIET = Duration.ofSeconds(2);

  private final HandBack handBack;
  private final Supplier<SettlementRules> rules;
  private final Consumer<Delivery> poisoned;

  /// The one that runs alone, or will. Guarded by this object's monitor; also read without.
  private volatile @Nullable Delivery held;

  /// Guarded by this object's monitor.
  private boolean running;

  /// Whether tasks are to come one by one. Written under this object's monitor, read by all.
  private volatile boolean careful;

  /// Tasks since the last suspect, and when that came. Guarded by this object's monitor.
  private int innocent;

  private long lastSuspect;

  /// @param rules those of the day
  /// @param poisoned makes it one; must not block
  Suspects(HandBack handBack, Supplier<SettlementRules> rules, Consumer<Delivery> poisoned) {
    this.handBack = handBack;
    this.rules = rules;
    this.poisoned = poisoned;
  }

  /// Whether a task may run among others, or by itself as all do just now; if not, it is taken care
  /// of. Need not be asked about one that never came back, unless tasks come one by one.
  ///
  /// @param resume runs a task after all
  boolean admits(Delivery delivery, Consumer<Delivery> resume) {
    int count = delivery.redeliveries();
    var ordered = rules.get().configuration().ordered();
    int bound = rules.get().redeliveryBound();
    var lastRun = count >= bound - 1;
    if (count >= bound && (ordered || cameBackAlone(delivery))) {
      poisoned.accept(delivery);
      return false;
    }
    if (ordered) {
      return true;
    }
    if (!delivery.isCounted() || (lastRun && !HandBack.isToRunAlone(delivery))) {
      handBack.replace(delivery, lastRun, () -> resume.accept(delivery));
      return false;
    }
    if (count <= RUNS_AMONG_OTHERS) {
      relax();
      return true;
    }
    return takeCare(delivery);
  }

  /// Whether tasks are to come one by one.
  boolean isCareful() {
    return careful;
  }

  /// Lets all be as usual if the last suspect came long ago.
  synchronized void relaxWhenQuiet() {
    if (System.nanoTime() - lastSuspect >= QUIET.toNanos()) {
      careful = false;
    }
  }

  /// Whether one runs alone or waits for that.
  boolean isIsolating() {
    return held != null;
  }

  /// Takes the next step with the one that is held.
  ///
  /// @param alone whether nothing else is outstanding, and nothing can come
  /// @param start starts a task if that is possible now
  synchronized void advance(boolean alone, Predicate<Delivery> start) {
    var suspect = held;
    if (suspect == null || !alone) {
      return;
    }
    if (running || !suspect.isOutstanding()) {
      held = null;
      running = false;
      beCareful();
    } else if (start.test(suspect)) {
      running = true;
      LOG.atWarn()
          .addKeyValue("task_id", suspect.properties().messageId())
          .addKeyValue("redeliveries", suspect.redeliveries())
          .log("A task that was in flight when workers died runs alone");
    }
  }

  /// Lets go of the one that has not started.
  synchronized void release() {
    var suspect = held;
    if (suspect != null && !running) {
      held = null;
      handBack.giveBack(suspect);
    }
  }

  /// It has come back from a run that it was alone in.
  private static boolean cameBackAlone(Delivery delivery) {
    var told = HeaderValues.number(delivery.properties().headers(), TaskHeaders.REDELIVERIES);
    return HandBack.isToRunAlone(delivery) && delivery.redeliveries() > told.orElse(0L);
  }

  private boolean takeCare(Delivery delivery) {
    if (isAloneAlready()) {
      return true;
    }
    if (!hold(delivery)) {
      handBack.giveBack(delivery);
    }
    return false;
  }

  private synchronized boolean isAloneAlready() {
    if (careful) {
      beCareful();
    }
    return careful;
  }

  private synchronized void beCareful() {
    careful = true;
    innocent = 0;
    lastSuspect = System.nanoTime();
  }

  private synchronized void relax() {
    innocent++;
    if (innocent >= INNOCENT) {
      careful = false;
    }
    relaxWhenQuiet();
  }

  private synchronized boolean hold(Delivery delivery) {
    if (held != null) {
      return false;
    }
    held = delivery;
    return true;
  }
}
