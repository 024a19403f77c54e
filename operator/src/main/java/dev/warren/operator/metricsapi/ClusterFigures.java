package dev.warren.operator.metricsapi;

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
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// What the API server says of TaskWorkers and TaskQueues, kept by this process whether it leads or
/// not. May be used by any thread.
final class ClusterFigures implements Figures, AutoCloseable {
  private final SharedIndexInformer<TaskWorker> workers;
  private final SharedIndexInformer<TaskQueue> queues;
  private final Supplier<String> trouble;

  /// Begins to watch at once; what is not known yet is trouble.
  ///
  /// @param trouble why the last writer's word cannot be relied on; empty if it can
  ClusterFigures(KubernetesClient client, Supplier<String> trouble) {
    this.trouble = trouble;
    workers = watch(client, TaskWorker.class, ClusterFigures::trimmed);
    queues = watch(client, TaskQueue.class, ClusterFigures::trimmed);
  }

  @Override
  public String trouble() {
    return workers.hasSynced() && queues.hasSynced()
        ? trouble.get()
        : "the operator has just started and does not know TaskWorkers and TaskQueues yet";
  }

  @Override
  public List<TaskWorker> workers(String namespace) {
    return workers.getIndexer().byIndex(Cache.NAMESPACE_INDEX, namespace);
  }

  @Override
  public List<TaskQueue> queues(String namespace) {
    return queues.getIndexer().byIndex(Cache.NAMESPACE_INDEX, namespace);
  }

  @Override
  public void close() {
    workers.stop();
    queues.stop();
  }

  /// Goes on trying by itself, however long the API server is away.
  @SuppressWarnings("FutureReturnValueIgnored") // What became of it is asked of the informer.
  private static <R extends HasMetadata> SharedIndexInformer<R> watch(
      KubernetesClient client, Class<R> kind, UnaryOperator<R> trimming) {
    var informer =
        client
            .resources(kind)
            .inAnyNamespace()
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
