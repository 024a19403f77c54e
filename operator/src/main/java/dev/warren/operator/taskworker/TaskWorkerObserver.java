package dev.warren.operator.taskworker;

import dev.warren.crds.AutoscalingSpec;
import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskWorker;
import dev.warren.operator.broker.BrokerException;
import dev.warren.operator.broker.Brokers;
import dev.warren.operator.broker.Holdings;
import dev.warren.operator.broker.PasswordHash;
import dev.warren.operator.scaling.Memory;
import dev.warren.operator.scaling.Share;
import dev.warren.operator.taskqueue.BrokerView;
import dev.warren.operator.taskqueue.BrokerViews;
import dev.warren.operator.taskqueue.SettingsResolver;
import dev.warren.operator.topology.QueueSettings;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads what a plan for a TaskWorker is made from: caches of the API server, and the broker's last
/// reading. May be called by any thread.
final class TaskWorkerObserver {
  private final Brokers brokers;
  private final BrokerViews brokerViews;
  private final TaskWorkerCache workers;

  TaskWorkerObserver(Brokers brokers, TaskWorkerCache workers) {
    this.brokers = brokers;
    this.workers = workers;
    brokerViews = new BrokerViews(brokers);
  }

  /// @param memory what the last decision about its size left
  ObservedWorker observe(TaskWorker worker, Context<TaskWorker> context, Memory memory) {
    var queue = context.getSecondaryResource(TaskQueue.class);
    var broker = queue.flatMap(found -> broker(found, context));
    return new ObservedWorker(
        queue,
        broker,
        broker
            .map(found -> brokerViews.of(found, worker.getMetadata().getNamespace()))
            .orElse(new BrokerView.Hidden("there is no TaskBroker")),
        deployment(worker, true, context),
        context.getSecondaryResource(PodDisruptionBudget.class),
        context.getSecondaryResource(ConfigMap.class),
        context.getSecondaryResource(Secret.class),
        PasswordHash.newPassword(),
        List.copyOf(context.getSecondaryResources(Pod.class)),
        stores(worker, context),
        broker.map(found -> Sharing.of(worker, workers.sharing(worker), found)).orElse(Share.WHOLE),
        memory,
        Optional.empty());
  }

  /// Who holds tasks of this queue, if the broker says.
  Optional<Holdings> holdings(QueueSettings queue) {
    try {
      return brokers.find(queue.broker()).map(broker -> broker.holdings(queue.vhost()));
    } catch (BrokerException _) {
      // The next reading says so to everybody.
      return Optional.empty();
    }
  }

  /// What carries out its size.
  ObservedEngine engine(TaskWorker worker, Engines engines, Context<TaskWorker> context) {
    var engine = engines.of(worker);
    return new ObservedEngine(
        engine,
        engines.obstacle().get(),
        engines.exact(),
        engines.keda(),
        engine == AutoscalingSpec.Engine.Keda ? engines.endpoint().apply(worker) : Optional.empty(),
        context
            .getSecondaryResource(HorizontalPodAutoscaler.class)
            .or(
                () ->
                    engine == AutoscalingSpec.Engine.Hpa
                        ? hpaOfAnybody(worker, context)
                        : Optional.empty()),
        engines.keda() ? scaledObject(worker, engine, context) : Optional.empty());
  }

  /// From the cache; else, where it matters, by asking for the name.
  private static Optional<GenericKubernetesResource> scaledObject(
      TaskWorker worker, AutoscalingSpec.Engine engine, Context<TaskWorker> context) {
    return context
        .getSecondaryResource(GenericKubernetesResource.class)
        .or(
            () ->
                engine == AutoscalingSpec.Engine.Keda
                    ? Optional.ofNullable(
                        context
                            .getClient()
                            .genericKubernetesResources(
                                DesiredScaledObject.API_VERSION, DesiredScaledObject.KIND)
                            .inNamespace(worker.getMetadata().getNamespace())
                            .withName(worker.getMetadata().getName())
                            .get())
                    : Optional.empty());
  }

  /// By asking, since the cache holds only what the operator made.
  private static Optional<HorizontalPodAutoscaler> hpaOfAnybody(
      TaskWorker worker, Context<TaskWorker> context) {
    return Optional.ofNullable(
        context
            .getClient()
            .resources(HorizontalPodAutoscaler.class)
            .inNamespace(worker.getMetadata().getNamespace())
            .withName(worker.getMetadata().getName())
            .get());
  }

  /// By asking, since Secrets of others are not watched.
  private static Map<String, Set<String>> stores(TaskWorker worker, Context<TaskWorker> context) {
    var secrets = context.getClient().secrets().inNamespace(worker.getMetadata().getNamespace());
    var found = new HashMap<String, Set<String>>();
    for (var store : StoreSecret.of(worker.getSpec())) {
      var secret = secrets.withName(store.name()).get();
      if (secret != null) {
        found.put(store.name(), StoreSecret.entries(secret));
      }
    }
    return found;
  }

  private static Optional<TaskBroker> broker(TaskQueue queue, Context<TaskWorker> context) {
    var source =
        (InformerEventSource<TaskBroker, TaskWorker>)
            context.eventSourceRetriever().getEventSourceFor(TaskBroker.class);
    return source.get(new ResourceID(SettingsResolver.brokerOf(queue)));
  }

  /// From the cache.
  ///
  /// @param ask whether to ask for the name else, since the cache holds only what bears the
  ///   operator's label
  static Optional<Deployment> deployment(
      TaskWorker worker, boolean ask, Context<TaskWorker> context) {
    var known = context.getSecondaryResource(Deployment.class);
    return known.isPresent() || !ask
        ? known
        : Optional.ofNullable(
            context
                .getClient()
                .apps()
                .deployments()
                .inNamespace(worker.getMetadata().getNamespace())
                .withName(worker.getMetadata().getName())
                .get());
  }
}
