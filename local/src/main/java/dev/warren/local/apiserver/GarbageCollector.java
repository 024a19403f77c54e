package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes dependents whose owners are gone, objects whose definition is gone, the contents of
/// namespaces that are being deleted, and then those namespaces. One thread runs it, after each
/// batch of changes, until interrupted.
///
/// It looks at everything only after a deletion, and at what changed after other changes; so a load
/// of writes costs it little.
final class GarbageCollector implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(GarbageCollector.class);
  private static final Duration WAIT = Duration.ofMinutes(1);

  /// Time between two looks at least: what happens meanwhile is one batch.
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Store store;
  private final Types types;
  private final Writes writes;

  GarbageCollector(Store store, Types types, Clock clock) {
    this.store = store;
    this.types = types;
    this.writes = new Writes(store, clock);
  }

  @Override
  public void run() {
    try {
      var seen = store.version();
      while (true) {
        seen = collectAfter(seen);
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// @return the version that has been looked at
  private long collectAfter(long seen) throws InterruptedException {
    try {
      var changes = store.changesAfter(Store.ALL_TYPES, seen, WAIT);
      if (changes.list().isEmpty() || changes.list().stream().anyMatch(GarbageCollector::frees)) {
        collect(store.all());
      } else {
        Dependents.orphans(latest(changes), store::isLiving).forEach(this::delete);
      }
      return changes.version();
    } catch (ApiFailure _) {
      // More has changed than is remembered.
      var version = store.version();
      collect(store.all());
      return version;
    }
  }

  /// Whether a change may leave behind what nobody touched.
  private static boolean frees(Change change) {
    return change.after() == null
        || (change.key().isNamespace() && Json.isBeingDeleted(change.after()));
  }

  private static Map<ObjectKey, ObjectNode> latest(Store.Changes changes) {
    var latest = new HashMap<ObjectKey, ObjectNode>();
    for (var change : changes.list()) {
      if (change.after() != null) {
        latest.put(change.key(), change.after());
      }
    }
    return latest;
  }

  private void collect(Map<ObjectKey, ObjectNode> objects) {
    objects.keySet().stream().filter(key -> types.find(key.type()).isEmpty()).forEach(this::delete);
    Dependents.contents(objects).forEach(this::delete);
    Dependents.orphans(objects, store::isLiving).forEach(this::delete);
    Dependents.emptied(objects).forEach(key -> store.write(key, GarbageCollector::finalized));
  }

  private void delete(ObjectKey key) {
    var type = types.find(key.type());
    try {
      if (type.isPresent()) {
        writes.delete(new Target(type.get(), key.namespace(), key.name(), ""), Deletion.PLAIN);
      } else {
        // Its definition is gone, and with it everybody who could care.
        store.write(key, _ -> null);
      }
    } catch (ApiFailure e) {
      LOG.atDebug().addKeyValue("name", key).addKeyValue("status", e.code()).log("not collected");
    }
  }

  /// Nothing is left to wait for, unless somebody put a finalizer on the namespace itself.
  private static @Nullable ObjectNode finalized(@Nullable ObjectNode namespace) {
    return namespace == null || Json.metadata(namespace).path("finalizers").isEmpty()
        ? null
        : namespace;
  }
}
