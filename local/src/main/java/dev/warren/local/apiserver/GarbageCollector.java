package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes dependents whose owners are gone, objects whose definition is gone, the contents of
/// namespaces that are being deleted, and then those namespaces. One thread runs it, after each
/// batch of changes, until interrupted.
final class GarbageCollector implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(GarbageCollector.class);
  private static final Duration WAIT = Duration.ofMinutes(1);

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
      while (true) {
        var seen = store.version();
        collect();
        awaitChange(seen);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitChange(long seen) throws InterruptedException {
    try {
      var _ = store.changesAfter(seen, WAIT);
    } catch (ApiFailure _) {
      // More has changed than is remembered: there is something to do.
    }
  }

  private void collect() {
    var objects = store.all();
    objects.keySet().stream().filter(key -> types.find(key.type()).isEmpty()).forEach(this::delete);
    Dependents.contents(objects).forEach(this::delete);
    Dependents.orphans(objects).forEach(this::delete);
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
