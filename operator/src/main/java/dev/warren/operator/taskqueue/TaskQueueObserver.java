package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskWorker;
import dev.warren.operator.broker.Brokers;
import dev.warren.operator.broker.PasswordHash;
import dev.warren.operator.resource.SecretEntries;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what a plan for a TaskQueue is made from: caches of the API server, and the broker's last
/// reading. May be called by any thread.
final class TaskQueueObserver {
  /// Index of the primary cache: TaskQueues by the TaskBroker that they name.
  static final String BY_BROKER = "broker";

  private final BrokerViews brokerViews;

  TaskQueueObserver(Brokers brokers) {
    brokerViews = new BrokerViews(brokers);
  }

  ObservedQueue observe(TaskQueue queue, Context<TaskQueue> context) {
    var broker = context.getSecondaryResource(TaskBroker.class);
    var namespace = context.getSecondaryResource(Namespace.class);
    var secret = context.getSecondaryResource(Secret.class).map(SecretEntries::of);
    return new ObservedQueue(
        broker,
        namespace.map(found -> found.getMetadata().getLabels()).orElse(Map.of()),
        namespace.map(found -> found.getMetadata().getDeletionTimestamp()).isPresent(),
        neighbours(queue, context),
        broker
            .map(found -> brokerViews.of(found, queue.getMetadata().getNamespace()))
            .orElse(new BrokerView.Hidden("there is no TaskBroker")),
        secret,
        secret.map(entries -> entries.get("password")).orElseGet(PasswordHash::newPassword),
        readyWorkers(context));
  }

  private static List<TaskQueue> neighbours(TaskQueue queue, Context<TaskQueue> context) {
    return context.getPrimaryCache().byIndex(BY_BROKER, SettingsResolver.brokerOf(queue));
  }

  private static int readyWorkers(Context<TaskQueue> context) {
    return context
        .getSecondaryResourcesAsStream(TaskWorker.class)
        .map(worker -> worker.getStatus() == null ? null : worker.getStatus().readyReplicas())
        .mapToInt(ready -> Optional.ofNullable(ready).orElse(0))
        .sum();
  }
}
