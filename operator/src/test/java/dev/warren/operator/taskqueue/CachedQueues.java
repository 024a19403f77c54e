package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskQueue;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A cache of the API server that holds these TaskQueues. May be used by any thread.
final class CachedQueues implements IndexerResourceCache<TaskQueue> {
  private final List<TaskQueue> queues;
  private final Map<String, Function<TaskQueue, List<String>>> indexers = new ConcurrentHashMap<>();

  private CachedQueues(List<TaskQueue> queues) {
    this.queues = new CopyOnWriteArrayList<>(queues);
  }

  static TaskQueueCache of(List<TaskQueue> queues) {
    return new TaskQueueCache(new CachedQueues(queues));
  }

  @Override
  public void addIndexers(Map<String, Function<TaskQueue, List<String>>> added) {
    indexers.putAll(added);
  }

  @Override
  public List<TaskQueue> byIndex(String index, String key) {
    var keys = Optional.ofNullable(indexers.get(index)).orElseThrow();
    return queues.stream().filter(queue -> keys.apply(queue).contains(key)).toList();
  }

  @Override
  public Optional<TaskQueue> get(ResourceID id) {
    return queues.stream().filter(queue -> ResourceID.fromResource(queue).equals(id)).findFirst();
  }

  @Override
  public Stream<ResourceID> keys() {
    return queues.stream().map(ResourceID::fromResource);
  }

  @Override
  public Stream<TaskQueue> list(Predicate<TaskQueue> predicate) {
    return queues.stream().filter(predicate);
  }

  @Override
  public Stream<TaskQueue> list(String namespace, Predicate<TaskQueue> predicate) {
    return list(predicate.and(queue -> queue.getMetadata().getNamespace().equals(namespace)));
  }
}
