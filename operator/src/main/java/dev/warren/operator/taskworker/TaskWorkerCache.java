package dev.warren.operator.taskworker;

import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskWorker;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds TaskWorkers in the cache of the API server by the queue that they consume. May be used by
/// any thread.
final class TaskWorkerCache {
  private static final String BY_QUEUE = "warren-queue";

  private final IndexerResourceCache<TaskWorker> cache;

  /// Over this cache; to be made once for each.
  TaskWorkerCache(IndexerResourceCache<TaskWorker> cache) {
    this.cache = cache;
    cache.addIndexer(
        BY_QUEUE,
        worker -> List.of(key(worker.getMetadata().getNamespace(), worker.getSpec().queue())));
  }

  /// All of them.
  Set<ResourceID> all() {
    return cache.list().map(ResourceID::fromResource).collect(Collectors.toSet());
  }

  /// Those that consume this queue.
  Set<ResourceID> consumersOf(TaskQueue queue) {
    var key = key(queue.getMetadata().getNamespace(), queue.getMetadata().getName());
    return cache.byIndex(BY_QUEUE, key).stream()
        .map(ResourceID::fromResource)
        .collect(Collectors.toSet());
  }

  /// Those that consume the same queue, itself included.
  List<TaskWorker> sharing(TaskWorker worker) {
    return cache.byIndex(
        BY_QUEUE, key(worker.getMetadata().getNamespace(), worker.getSpec().queue()));
  }

  private static String key(String namespace, String queue) {
    return namespace + "/" + queue;
  }
}
