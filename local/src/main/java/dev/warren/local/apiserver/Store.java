package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// All objects, and the latest changes to them. The only owner of state in this package: every
/// field but `logs` is read and written under the lock. Any thread may call.
///
/// Versions count writes. They begin at a number taken from the clock, so that a version from an
/// earlier process is older than anything remembered here and its client lists again.
final class Store {
  /// In place of a type: the objects of all types.
  static final String ALL_TYPES = "";

  private final ReentrantLock lock = new ReentrantLock();
  private final NavigableMap<ObjectKey, ObjectNode> objects = new TreeMap<>();
  private final Set<String> uids = new HashSet<>();
  private final long firstVersion = Instant.now().getEpochSecond() * 1_000;
  private long version = firstVersion;

  /// By type, so that a write wakes those only who watch its type; and for all types.
  private final ConcurrentMap<String, ChangeLog> logs = new ConcurrentHashMap<>();

  /// Objects as they were at one version.
  record Snapshot(long version, List<ObjectNode> items) {
    Snapshot {
      items = List.copyOf(items);
    }
  }

  /// What has changed.
  ///
  /// @param version up to which these are all changes
  record Changes(long version, List<Change> list) {}

  Optional<ObjectNode> get(ObjectKey key) {
    return locked(() -> Optional.ofNullable(objects.get(key)));
  }

  /// The objects of a type, in one namespace or, if that is empty, in all.
  Snapshot list(String type, String namespace) {
    return locked(
        () ->
            new Snapshot(
                version,
                objects.tailMap(new ObjectKey(type, namespace, ""), true).entrySet().stream()
                    .takeWhile(entry -> isIn(entry.getKey(), type, namespace))
                    .map(Map.Entry::getValue)
                    .toList()));
  }

  private static boolean isIn(ObjectKey key, String type, String namespace) {
    return key.type().equals(type) && (namespace.isEmpty() || key.namespace().equals(namespace));
  }

  /// Everything there is.
  NavigableMap<ObjectKey, ObjectNode> all() {
    return locked(() -> new TreeMap<>(objects));
  }

  /// Whether there is an object with this uid.
  boolean isLiving(String uid) {
    return locked(() -> uids.contains(uid));
  }

  long version() {
    return locked(() -> version);
  }

  /// Version of the last change to an object of this type; waits for no lock.
  long version(String type) {
    return log(type).last();
  }

  /// Replaces an object by what the function makes of it, in one step. The function gets null if
  /// there is none and returns null to delete; it may be abandoned by an exception. An equal result
  /// is no change.
  ///
  /// @return the new document with its version; the last one, if it was deleted
  Optional<ObjectNode> write(ObjectKey key, UnaryOperator<@Nullable ObjectNode> function) {
    return locked(
        () -> {
          var before = objects.get(key);
          var after = function.apply(before);
          if (after == null) {
            return Optional.ofNullable(before).map(known -> delete(key, known));
          }
          return Optional.of(
              before != null && before.equals(after) ? before : put(key, before, after));
        });
  }

  private ObjectNode delete(ObjectKey key, ObjectNode before) {
    objects.remove(key);
    uids.remove(Json.uid(before));
    var last = nextVersion(before);
    remember(new Change(version, key, before, null, new JsonText(last)));
    return last;
  }

  private ObjectNode put(ObjectKey key, @Nullable ObjectNode before, ObjectNode after) {
    var next = nextVersion(after);
    objects.put(key, next);
    uids.add(Json.uid(next));
    remember(new Change(version, key, before, next, new JsonText(next)));
    return next;
  }

  /// Shares all but the metadata with the document.
  private ObjectNode nextVersion(ObjectNode document) {
    version++;
    var next = Json.object();
    next.setAll(document);
    next.set(
        "metadata",
        Json.metadata(document).deepCopy().put("resourceVersion", Long.toString(version)));
    return next;
  }

  private void remember(Change change) {
    log(change.key().type()).add(change);
    log(ALL_TYPES).add(change);
  }

  private ChangeLog log(String type) {
    return logs.computeIfAbsent(type, _ -> new ChangeLog(lock.newCondition(), firstVersion));
  }

  /// The changes to objects of a type, or of all, after a version; waits for one if there is none.
  ///
  /// @return no changes after the wait
  /// @throws ApiFailure if some of them are forgotten
  Changes changesAfter(String type, long after, Duration wait) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (after > version) {
        throw ApiFailure.expired(after);
      }
      var changes = log(type).after(after, wait);
      return new Changes(version, changes);
    } finally {
      lock.unlock();
    }
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
