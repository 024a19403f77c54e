package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskWorker;
import dev.warren.operator.broker.Brokers;
import dev.warren.operator.broker.PasswordHash;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what a plan for a TaskQueue is made from: caches of the API server, and the broker's last
/// reading. May be called by any thread.
final class TaskQueueObserver {
  private final TaskQueueCache queues;
  private final BrokerViews brokerViews;

  TaskQueueObserver(TaskQueueCache queues, Brokers brokers) {
    this.queues = queues;
    brokerViews = new BrokerViews(brokers);
  }

  ObservedQueue observe(TaskQueue queue, Context<TaskQueue> context) {
    var broker = context.getSecondaryResource(TaskBroker.class);
    var namespace = context.getSecondaryResource(Namespace.class);
    return new ObservedQueue(
        broker,
        namespace.map(found -> found.getMetadata().getLabels()).orElse(Map.of()),
        namespace.map(found -> found.getMetadata().getDeletionTimestamp()).isPresent(),
        broker
            .map(found -> queues.neighbours(queue, found))
            .orElse(new Neighbours(List.of(), List.of(), List.of())),
        broker
            .map(found -> brokerViews.of(found, queue.getMetadata().getNamespace()))
            .orElse(new BrokerView.Hidden("there is no TaskBroker")),
        context.getSecondaryResource(Secret.class),
        PasswordHash.newPassword(),
        readyWorkers(context));
  }

  private static int readyWorkers(Context<TaskQueue> context) {
    return context
        .getSecondaryResourcesAsStream(TaskWorker.class)
        .map(worker -> worker.getStatus() == null ? null : worker.getStatus().readyReplicas())
        .mapToInt(ready -> Optional.ofNullable(ready).orElse(0))
        .sum();
  }
}
