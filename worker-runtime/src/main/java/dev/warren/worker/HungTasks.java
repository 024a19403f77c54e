package dev.warren.worker;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Attempts whose handler heeds neither deadline nor interrupt. Their tasks are settled and their
/// permits are back; their threads still run, and too many of them use the pod up. Safe for use by
/// many threads.
final class HungTasks {
  private static final Logger LOG = LoggerFactory.getLogger(HungTasks.class);
  private static final Duration BETWEEN_DUMPS = Duration.ofHours(1);
  private static final int MOST_STACKS = 20;
  private static final int MOST_FRAMES = 30;

  private final Set<Attempt> hung = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean recycled = new AtomicBoolean();

  /// Written and read by the watchdog only.
  private long lastDump = System.nanoTime() - BETWEEN_DUMPS.toNanos();

  int size() {
    return hung.size();
  }

  /// Called by the watchdog when it has taken an attempt from its thread.
  ///
  /// @param running attempts that still have their time
  /// @param bound more than so many are too many for this pod
  /// @param recycle called once, when there are too many
  void add(Attempt attempt, Collection<Attempt> running, int bound, Runnable recycle) {
    hung.add(attempt);
    if (attempt.hasEnded()) {
      hung.remove(attempt);
    }
    LOG.atWarn()
        .addKeyValue("task_id", attempt.delivery().properties().messageId())
        .addKeyValue("hung", hung.size())
        .addKeyValue("bound", bound)
        .log("A handler ignores its deadline and its interrupt; the task is settled without it");
    dump(running);
    if (hung.size() > bound && recycled.compareAndSet(false, true)) {
      LOG.atError()
          .addKeyValue("hung", hung.size())
          .addKeyValue("bound", bound)
          .log("Too many handlers hang; the pod stops, to be started anew");
      recycle.run();
    }
  }

  /// Called by the attempt's thread at its end.
  void remove(Attempt attempt) {
    hung.remove(attempt);
  }

  private void dump(Collection<Attempt> running) {
    if (System.nanoTime() - lastDump < BETWEEN_DUMPS.toNanos()) {
      return;
    }
    lastDump = System.nanoTime();
    var stacks =
        Stream.concat(hung.stream(), running.stream())
            .distinct()
            .limit(MOST_STACKS)
            .map(HungTasks::stack)
            .collect(Collectors.joining("\n\n"));
    LOG.atWarn().addKeyValue("threads", stacks).log("What the handlers do; told once an hour");
  }

  private static String stack(Attempt attempt) {
    return Arrays.stream(attempt.stackTrace())
        .limit(MOST_FRAMES)
        .map(StackTraceElement::toString)
        .collect(Collectors.joining("\n"));
  }
}
