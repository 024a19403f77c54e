package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskQueue;
import dev.warren.model.DelayLane;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The queues of one vhost, each with the settings of the TaskQueue that owns it: of all that name
/// the same queue, the oldest does. Pure.
///
/// @param settings of each owner whose spec is in order
/// @param complete whether every owner's is; else some settings of the vhost are unknown
record Claims(List<QueueSettings> settings, boolean complete) {
  /// Times have whole seconds: of two of the same one, that which has the queue already keeps it,
  /// and as long as neither has, the uid decides.
  private static final Comparator<TaskQueue> OLDEST_FIRST =
      Comparator.comparing((TaskQueue queue) -> queue.getMetadata().getCreationTimestamp())
          .thenComparing(queue -> !hasQueue(queue))
          .thenComparing(queue -> queue.getMetadata().getUid());

  Claims {
    settings = List.copyOf(settings);
  }

  /// The owner of the queue that `resource` names, which is `resource` itself unless an older one
  /// names it too.
  static TaskQueue owner(TaskQueue resource, TaskBroker broker, List<TaskQueue> neighbours) {
    var queue = SettingsResolver.queueOf(resource);
    var vhost = SettingsResolver.vhost(broker, resource.getMetadata().getNamespace());
    return neighbours.stream()
        .filter(other -> SettingsResolver.queueOf(other).equals(queue))
        .filter(
            other ->
                SettingsResolver.vhost(broker, other.getMetadata().getNamespace()).equals(vhost))
        .min(OLDEST_FIRST)
        .orElse(resource);
  }

  /// Whether both are the same resource.
  static boolean same(TaskQueue one, TaskQueue other) {
    return one.getMetadata().getNamespace().equals(other.getMetadata().getNamespace())
        && one.getMetadata().getName().equals(other.getMetadata().getName());
  }

  /// The claims of a vhost.
  static Claims of(String vhost, TaskBroker broker, List<TaskQueue> neighbours) {
    var owners =
        neighbours.stream()
            .filter(
                queue ->
                    SettingsResolver.vhost(broker, queue.getMetadata().getNamespace())
                        .equals(vhost))
            .filter(queue -> same(queue, owner(queue, broker, neighbours)))
            .toList();
    var settings = owners.stream().flatMap(queue -> resolved(queue, broker).stream()).toList();
    return new Claims(settings, settings.size() == owners.size());
  }

  /// The delay lanes that retries take.
  Set<String> delayLanes() {
    return settings.stream()
        .flatMap(queue -> queue.delayLanes().stream())
        .map(DelayLane::name)
        .collect(Collectors.toSet());
  }

  private static boolean hasQueue(TaskQueue queue) {
    return queue.getStatus() != null && queue.getStatus().queueName() != null;
  }

  private static Optional<QueueSettings> resolved(TaskQueue queue, TaskBroker broker) {
    return switch (SettingsResolver.resolve(queue, broker)) {
      case SettingsResolver.Resolution.Resolved(var settings) -> Optional.of(settings);
      case SettingsResolver.Resolution.Invalid _ -> Optional.empty();
    };
  }
}
