package dev.warren.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Deliveries that wait to start: the highest priority first, and equal ones in the order in which
/// they came; every so often the oldest, whatever its priority, so that none starves. Safe for use
/// by many threads. Without priorities no lock is taken.
final class WaitingTasks {
  /// One start of so many is the oldest's.
  static final int FLOOR = 8;

  private record Waiting(Delivery delivery, long number) {}

  /// What came while nothing was ranked; older than anything ranked, and of no priority.
  private final Queue<Delivery> plain = new ConcurrentLinkedQueue<>();

  /// How many are in {@link #ranked}. Written with its lock, read by all.
  private final AtomicInteger rankedSize = new AtomicInteger();

  /// By priority. Guarded by this object's monitor, as what follows.
  private final TreeMap<Integer, Deque<Waiting>> ranked = new TreeMap<>();

  private long lastNumber;
  private int starts;

  void add(Delivery delivery) {
    if (rankedSize.get() == 0 && delivery.priority() == 0) {
      plain.add(delivery);
    } else {
      rank(delivery);
    }
  }

  /// The next to start; null if none waits.
  @Nullable Delivery poll() {
    if (rankedSize.get() == 0) {
      var next = plain.poll();
      if (next != null || rankedSize.get() == 0) {
        return next;
      }
    }
    return pollRanked();
  }

  boolean isEmpty() {
    return plain.isEmpty() && rankedSize.get() == 0;
  }

  int size() {
    return plain.size() + rankedSize.get();
  }

  private synchronized void rank(Delivery delivery) {
    ranked
        .computeIfAbsent(delivery.priority(), _ -> new ArrayDeque<>())
        .add(new Waiting(delivery, lastNumber++));
    rankedSize.incrementAndGet();
  }

  private synchronized @Nullable Delivery pollRanked() {
    starts++;
    if (starts % FLOOR == 0 || ranked.isEmpty() || ranked.lastKey() == 0) {
      var oldest = plain.poll();
      if (oldest != null) {
        return oldest;
      }
    }
    if (ranked.isEmpty()) {
      return null;
    }
    return take(starts % FLOOR == 0 ? oldestPriority() : ranked.lastKey());
  }

  private int oldestPriority() {
    int oldest = ranked.lastKey();
    long number = Long.MAX_VALUE;
    for (var level : ranked.entrySet()) {
      var first = level.getValue().getFirst();
      if (first.number() < number) {
        number = first.number();
        oldest = level.getKey();
      }
    }
    return oldest;
  }

  private @Nullable Delivery take(int priority) {
    var level = ranked.get(priority);
    if (level == null) {
      return null;
    }
    var taken = level.removeFirst();
    if (level.isEmpty()) {
      ranked.remove(priority);
    }
    rankedSize.decrementAndGet();
    return taken.delivery();
  }
}
