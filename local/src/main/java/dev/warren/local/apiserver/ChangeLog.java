package dev.warren.local.apiserver;

import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;

/// The latest changes to some of the objects. Every method but {@link #last} is called under the
/// lock of the {@link Store}, which the condition belongs to.
final class ChangeLog {
  private static final int REMEMBERED = 5_000;

  private final NavigableMap<Long, Change> changes = new TreeMap<>();
  private final Condition added;

  /// Version of the last change that is not remembered any more.
  private long forgotten;

  /// Version of the last change. Written under the lock, read by any thread.
  private volatile long last;

  /// @param since version before the first change that will be added
  ChangeLog(Condition added, long since) {
    this.added = added;
    this.forgotten = since;
    this.last = since;
  }

  void add(Change change) {
    changes.put(change.version(), change);
    last = change.version();
    if (changes.size() > REMEMBERED) {
      forgotten = changes.pollFirstEntry().getKey();
    }
    added.signalAll();
  }

  /// Version of the last change. Any thread may ask, without the lock.
  long last() {
    return last;
  }

  /// The changes after a version; waits for one if there is none.
  ///
  /// @return empty after the wait
  /// @throws ApiFailure if some of them are forgotten
  List<Change> after(long version, Duration wait) throws InterruptedException {
    var left = wait.toNanos();
    while (last <= version && left > 0) {
      left = added.awaitNanos(left);
    }
    if (version < forgotten) {
      throw ApiFailure.expired(version);
    }
    return List.copyOf(changes.tailMap(version, false).values());
  }
}
