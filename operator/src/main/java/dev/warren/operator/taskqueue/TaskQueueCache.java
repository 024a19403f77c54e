package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskQueue;
import dev.warren.model.BrokerNames;
import dev.warren.operator.broker.VhostChange;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds TaskQueues in the cache of the API server by what they share, without looking at all of
/// them. May be used by any thread.
final class TaskQueueCache {
  private static final String BY_BROKER = "warren-broker";
  private static final String BY_NAMESPACE = "warren-namespace";
  private static final String BY_NAME = "warren-queue-name";
  private static final String BY_EXCHANGE = "warren-exchange";

  private final IndexerResourceCache<TaskQueue> cache;

  /// Over this cache; to be made once for each.
  TaskQueueCache(IndexerResourceCache<TaskQueue> cache) {
    this.cache = cache;
    cache.addIndexer(BY_BROKER, queue -> List.of(SettingsResolver.brokerOf(queue)));
    cache.addIndexer(
        BY_NAMESPACE,
        queue ->
            List.of(key(SettingsResolver.brokerOf(queue), queue.getMetadata().getNamespace())));
    cache.addIndexer(
        BY_NAME,
        queue -> List.of(key(SettingsResolver.brokerOf(queue), SettingsResolver.queueOf(queue))));
    cache.addIndexer(
        BY_EXCHANGE,
        queue ->
            Ownership.exchangesOf(queue)
                .map(exchange -> key(SettingsResolver.brokerOf(queue), exchange))
                .toList());
  }

  /// All of them.
  Stream<TaskQueue> all() {
    return cache.list();
  }

  /// Those that may stand in the way of this one.
  Neighbours neighbours(TaskQueue queue, TaskBroker broker) {
    var name = SettingsResolver.brokerOf(queue);
    var namespace = queue.getMetadata().getNamespace();
    return new Neighbours(
        sameName(queue),
        SettingsResolver.place(broker, namespace).shared()
            ? Ownership.exchangesOf(queue)
                .flatMap(exchange -> cache.byIndex(BY_EXCHANGE, key(name, exchange)).stream())
                .distinct()
                .toList()
            : List.of(),
        CeilingCheck.of(broker).queuesPerNamespace() == null
            ? List.of()
            : cache.byIndex(BY_NAMESPACE, key(name, namespace)));
  }

  /// Those of the same TaskBroker that name the same queue, itself included.
  List<TaskQueue> sameName(TaskQueue queue) {
    return cache.byIndex(
        BY_NAME, key(SettingsResolver.brokerOf(queue), SettingsResolver.queueOf(queue)));
  }

  /// Those whose queues are in a vhost of this TaskBroker.
  List<TaskQueue> inVhost(TaskBroker broker, String vhost) {
    var name = broker.getMetadata().getName();
    var place = SettingsResolver.place(broker, vhost);
    if (place.shared()) {
      return place.vhost().equals(vhost) ? cache.byIndex(BY_BROKER, name) : List.of();
    }
    return cache.byIndex(BY_NAMESPACE, key(name, vhost));
  }

  /// Those of a TaskBroker.
  Set<ResourceID> ofBroker(TaskBroker broker) {
    return ids(cache.byIndex(BY_BROKER, broker.getMetadata().getName()).stream());
  }

  /// Those of a namespace.
  Set<ResourceID> ofNamespace(String namespace) {
    return cache
        .list(namespace, _ -> true)
        .map(ResourceID::fromResource)
        .collect(Collectors.toSet());
  }

  /// Those whom a difference in a vhost may concern.
  Set<ResourceID> touchedBy(VhostChange change) {
    return ids(cache.byIndex(BY_BROKER, change.broker()).stream().filter(touches(change)));
  }

  private static Predicate<TaskQueue> touches(VhostChange change) {
    return queue ->
        change.concerns(change.broker(), vhostOf(queue, change))
            && names(queue).anyMatch(change.affected()::includes);
  }

  /// Where a TaskQueue is known to be; where the change is, as long as that is not known.
  private static String vhostOf(TaskQueue queue, VhostChange change) {
    return queue.getStatus() == null || queue.getStatus().vhost() == null
        ? change.vhost()
        : queue.getStatus().vhost();
  }

  /// The queues whose messages or whose absence it tells of.
  private static Stream<String> names(TaskQueue queue) {
    var name = SettingsResolver.queueOf(queue);
    var status = queue.getStatus();
    if (status == null || status.queues() == null) {
      return Stream.of(name, BrokerNames.deadLetterQueue(name));
    }
    return Stream.concat(status.queues().stream(), Stream.ofNullable(status.deadLetterQueue()));
  }

  private static Set<ResourceID> ids(Stream<TaskQueue> queues) {
    return queues.map(ResourceID::fromResource).collect(Collectors.toSet());
  }

  private static String key(String broker, String name) {
    return broker + " " + name;
  }
}
