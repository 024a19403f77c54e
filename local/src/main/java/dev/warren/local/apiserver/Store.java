package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// All objects, and the latest changes to them. The only owner of state in this package: every
/// field is read and written under this object's monitor. Any thread may call.
///
/// Versions count writes. They begin at a number taken from the clock, so that a version from an
/// earlier process is older than anything remembered here and its client lists again.
final class Store {
  private static final int REMEMBERED_CHANGES = 5_000;

  private final NavigableMap<ObjectKey, ObjectNode> objects = new TreeMap<>();
  private final NavigableMap<Long, Change> changes = new TreeMap<>();
  private long version = Instant.now().getEpochSecond() * 1_000;

  /// One write.
  ///
  /// @param version the version that it made
  /// @param before the document before, null if there was none
  /// @param after the document after, null if it was deleted
  record Change(
      long version, ObjectKey key, @Nullable ObjectNode before, @Nullable ObjectNode after) {}

  /// Objects as they were at one version.
  record Snapshot(long version, List<ObjectNode> items) {
    Snapshot {
      items = List.copyOf(items);
    }
  }

  synchronized Optional<ObjectNode> get(ObjectKey key) {
    return Optional.ofNullable(objects.get(key));
  }

  /// The objects of a type, in one namespace or, if that is empty, in all.
  synchronized Snapshot list(String type, String namespace) {
    var items =
        objects.tailMap(new ObjectKey(type, namespace, ""), true).entrySet().stream()
            .takeWhile(entry -> entry.getKey().type().equals(type))
            .filter(entry -> namespace.isEmpty() || entry.getKey().namespace().equals(namespace))
            .map(Map.Entry::getValue)
            .toList();
    return new Snapshot(version, items);
  }

  /// Everything there is.
  synchronized NavigableMap<ObjectKey, ObjectNode> all() {
    return new TreeMap<>(objects);
  }

  synchronized long version() {
    return version;
  }

  /// Replaces an object by what the function makes of it, in one step. The function gets null if
  /// there is none and returns null to delete; it may be abandoned by an exception. An equal result
  /// is no change.
  ///
  /// @return the new document with its version; the last one, if it was deleted
  synchronized Optional<ObjectNode> write(
      ObjectKey key, UnaryOperator<@Nullable ObjectNode> function) {
    var before = objects.get(key);
    var after = function.apply(before);
    if (after == null) {
      return before == null ? Optional.empty() : Optional.of(delete(key, before));
    }
    return Optional.of(before != null && before.equals(after) ? before : put(key, before, after));
  }

  private ObjectNode delete(ObjectKey key, ObjectNode before) {
    objects.remove(key);
    var last = nextVersion(before);
    remember(new Change(version, key, last, null));
    return last;
  }

  private ObjectNode put(ObjectKey key, @Nullable ObjectNode before, ObjectNode after) {
    var next = nextVersion(after);
    objects.put(key, next);
    remember(new Change(version, key, before, next));
    return next;
  }

  private ObjectNode nextVersion(ObjectNode document) {
    version++;
    var copy = document.deepCopy();
    Json.metadata(copy).put("resourceVersion", Long.toString(version));
    return copy;
  }

  private void remember(Change change) {
    changes.put(change.version(), change);
    if (changes.size() > REMEMBERED_CHANGES) {
      changes.pollFirstEntry();
    }
    notifyAll();
  }

  /// The changes after a version; waits for one if there is none.
  ///
  /// @return empty after the wait
  /// @throws ApiFailure if some of them are forgotten
  synchronized List<Change> changesAfter(long after, Duration wait) throws InterruptedException {
    var oldest = changes.isEmpty() ? version : changes.firstKey() - 1;
    if (after < oldest || after > version) {
      throw ApiFailure.expired(after);
    }
    var deadline = System.nanoTime() + wait.toNanos();
    for (var left = wait.toNanos();
        version == after && left > 0;
        left = deadline - System.nanoTime()) {
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
    return List.copyOf(changes.tailMap(after, false).values());
  }
}
