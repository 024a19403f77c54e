package dev.warren.operator.metricsapi;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskQueueStatus;
import dev.warren.crds.TaskWorker;
import dev.warren.crds.TaskWorkerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.javaoperatorsdk.operator.processing.event.source.informer.TransformingItemStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// What the API server says of TaskWorkers and TaskQueues, kept by this process whether it leads or
/// not. May be used by any thread.
final class ClusterFigures implements Figures, AutoCloseable {
  /// By namespace; by this alone if all are watched.
  private static final String ALL = "";

  private final Map<String, Watched> watched;
  private final Supplier<String> trouble;

  /// A namespace, or all.
  private record Watched(
      SharedIndexInformer<TaskWorker> workers, SharedIndexInformer<TaskQueue> queues) {
    boolean hasSynced() {
      return workers.hasSynced() && queues.hasSynced();
    }
  }

  /// Begins to watch at once; what is not known yet is trouble.
  ///
  /// @param namespaces those that are watched; all when empty
  /// @param trouble why the last writer's word cannot be relied on; empty if it can
  ClusterFigures(KubernetesClient client, Set<String> namespaces, Supplier<String> trouble) {
    this.trouble = trouble;
    watched =
        (namespaces.isEmpty() ? Set.of(ALL) : namespaces)
            .stream().collect(toUnmodifiableMap(it -> it, it -> watch(client, it)));
  }

  @Override
  public String trouble(String namespace) {
    return watched(namespace).map(Watched::hasSynced).orElse(true)
        ? trouble.get()
        : "the operator has just started and does not know TaskWorkers and TaskQueues yet";
  }

  @Override
  public List<TaskWorker> workers(String namespace) {
    return watched(namespace).map(it -> in(namespace, it.workers())).orElse(List.of());
  }

  @Override
  public List<TaskQueue> queues(String namespace) {
    return watched(namespace).map(it -> in(namespace, it.queues())).orElse(List.of());
  }

  @Override
  public void close() {
    for (var each : watched.values()) {
      each.workers().stop();
      each.queues().stop();
    }
  }

  /// Empty for a namespace that is not watched.
  private Optional<Watched> watched(String namespace) {
    return Optional.ofNullable(watched.get(namespace))
        .or(() -> Optional.ofNullable(watched.get(ALL)));
  }

  private static <R> List<R> in(String namespace, SharedIndexInformer<R> informer) {
    return informer.getIndexer().byIndex(Cache.NAMESPACE_INDEX, namespace);
  }

  private static Watched watch(KubernetesClient client, String namespace) {
    return new Watched(
        watch(client, namespace, TaskWorker.class, ClusterFigures::trimmed),
        watch(client, namespace, TaskQueue.class, ClusterFigures::trimmed));
  }

  /// Goes on trying by itself, however long the API server is away.
  @SuppressWarnings("FutureReturnValueIgnored") // What became of it is asked of the informer.
  private static <R extends HasMetadata> SharedIndexInformer<R> watch(
      KubernetesClient client, String namespace, Class<R> kind, UnaryOperator<R> trimming) {
    var resources = client.resources(kind);
    var informer =
        (namespace.equals(ALL) ? resources.inAnyNamespace() : resources.inNamespace(namespace))
            .runnableInformer(0)
            .itemStore(new TransformingItemStore<>(trimming))
            .exceptionHandler((_, _) -> true);
    informer.start();
    return informer;
  }

  /// Nothing else is looked at, and there may be 10,000 of them.
  private static TaskWorker trimmed(TaskWorker worker) {
    var trimmed = new TaskWorker();
    name(trimmed, worker);
    var status = worker.getStatus();
    if (status != null) {
      trimmed.setStatus(new TaskWorkerStatus(null, null, null, null, null, status.scaling()));
    }
    return trimmed;
  }

  private static TaskQueue trimmed(TaskQueue queue) {
    var trimmed = new TaskQueue();
    name(trimmed, queue);
    var status = queue.getStatus();
    if (status != null) {
      trimmed.setStatus(
          new TaskQueueStatus(
              null,
              null,
              status.queueName(),
              null,
              null,
              null,
              null,
              status.ready(),
              status.unacknowledged(),
              null,
              null,
              null,
              null,
              null));
    }
    return trimmed;
  }

  private static void name(HasMetadata trimmed, HasMetadata whole) {
    trimmed.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(whole.getMetadata().getNamespace())
            .withName(whole.getMetadata().getName())
            .withUid(whole.getMetadata().getUid())
            .withResourceVersion(whole.getMetadata().getResourceVersion())
            .build());
  }
}
