package dev.warren.operator.taskworker;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskWorker;
import dev.warren.crds.TaskWorkerStatus;
import dev.warren.operator.broker.Affected;
import dev.warren.operator.broker.BrokerException;
import dev.warren.operator.broker.Brokers;
import dev.warren.operator.broker.VhostChange;
import dev.warren.operator.resource.Events;
import dev.warren.operator.resource.Failures;
import dev.warren.operator.resource.Labels;
import dev.warren.operator.resource.Status;
import dev.warren.operator.resource.WorthReconciling;
import dev.warren.operator.taskqueue.SettingsResolver;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes TaskWorkers true as Deployments of the right size. Called by the operator's threads, for
/// one TaskWorker by one at a time.
@ControllerConfiguration(
    name = "taskworker",
    finalizerName = "warren.dev/taskworker",
    generationAwareEventProcessing = false,
    informer = @Informer(onUpdateFilter = WorthReconciling.class))
public final class TaskWorkerReconciler implements Reconciler<TaskWorker>, Cleaner<TaskWorker> {
  private static final Duration DELETION_CHECK = Duration.ofSeconds(1);

  /// How long the broker is waited for when only its user is left to delete.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Brokers brokers;
  private final Events events;
  private final Engines engines;
  private final Clock clock;
  private final TaskWorkerApplier applier;
  private final TaskWorkerPlanner planner;
  private final Memories memories = new Memories();
  private final FleetMetrics fleetMetrics = new FleetMetrics();
  private final PrometheusRegistry metrics;

  /// Written once, before the first reconciliation: when there is a cache to look into.
  private volatile @Nullable TaskWorkerObserver observer;

  /// Reconciles with these brokers.
  ///
  /// @param overlap how long a former user of a fleet stays valid
  /// @param engines what carries out the sizes of fleets
  /// @param metrics tell of each fleet
  public TaskWorkerReconciler(
      Brokers brokers,
      Events events,
      Duration overlap,
      Engines engines,
      PrometheusRegistry metrics,
      Clock clock) {
    this.brokers = brokers;
    this.engines = engines;
    this.events = events;
    this.clock = clock;
    this.metrics = metrics;
    applier = new TaskWorkerApplier(brokers);
    planner = new TaskWorkerPlanner(overlap);
  }

  @Override
  public UpdateControl<TaskWorker> reconcile(TaskWorker worker, Context<TaskWorker> context) {
    var now = clock.instant();
    var observer = observer();
    var seen = observer.observe(worker, context, memories.of(worker));
    var observed =
        planner
            .queueToAskAbout(worker, seen, now)
            .map(queue -> seen.with(observer.holdings(queue)))
            .orElse(seen);
    var plan = planner.plan(worker, observed, now);
    var engine = observer.engine(worker, engines, context);
    var execution = EnginePlanner.plan(worker, observed, engine, plan, now);
    applier.apply(execution, context);
    memories.keep(worker, plan.memory());
    fleetMetrics.keep(worker, observed.broker(), plan.inputs());
    report(worker, execution.plan().status(), context);
    return again(plan.again());
  }

  /// First the pods, which give back what they hold, then the user that they are connected as.
  /// Caches tell nearly all: the right to ask may have gone with the namespace already.
  @Override
  public DeleteControl cleanup(TaskWorker worker, Context<TaskWorker> context) {
    memories.forget(worker);
    fleetMetrics.forget(worker);
    var pods = context.getSecondaryResources(Pod.class);
    TaskWorkerObserver.deployment(worker, !pods.isEmpty(), context)
        .filter(found -> WorkerAdmission.owns(worker, found))
        .ifPresent(found -> applier.delete(found, context));
    if (!pods.isEmpty()) {
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(DELETION_CHECK.toMillis());
    }
    try {
      applier.deleteUsers(
          worker, context.getSecondaryResource(TaskQueue.class).map(SettingsResolver::brokerOf));
    } catch (BrokerException e) {
      var since = Instant.parse(worker.getMetadata().getDeletionTimestamp());
      if (clock.instant().isBefore(since.plus(PATIENCE))) {
        return DeleteControl.noFinalizerRemoval().rescheduleAfter(DELETION_CHECK.toMillis());
      }
      events.warning(
          worker,
          "CleanupAbandoned",
          "user '%s' stays in RabbitMQ: %s"
              .formatted(WorkerSettings.userOf(worker), e.getMessage()));
    }
    return DeleteControl.defaultDelete();
  }

  @Override
  public ErrorStatusUpdateControl<TaskWorker> updateErrorStatus(
      TaskWorker worker, Context<TaskWorker> context, Exception e) {
    report(worker, WorkerStatus.failed(worker, Failures.verdict(e), clock.instant()), context);
    return Failures.repetition(e);
  }

  @Override
  public List<EventSource<?, TaskWorker>> prepareEventSources(
      EventSourceContext<TaskWorker> context) {
    var workers = new TaskWorkerCache(context.getPrimaryCache());
    observer = new TaskWorkerObserver(brokers, workers);
    metrics.register(fleetMetrics.of(workers::all));
    var readings = new SimpleInboundEventSource<TaskWorker>("broker-readings");
    brokers.onChange(change -> touchedBy(change, workers).forEach(readings::propagateEvent));
    engines.onChange().accept(() -> workers.ids().forEach(readings::propagateEvent));
    var sources =
        new ArrayList<EventSource<?, TaskWorker>>(
            List.of(
                readings,
                taskQueues(context, workers),
                taskBrokers(context),
                made(Deployment.class, context),
                made(HorizontalPodAutoscaler.class, context),
                made(PodDisruptionBudget.class, context),
                made(ConfigMap.class, context),
                made(Secret.class, context),
                pods(context)));
    if (engines.keda()) {
      sources.add(scaledObjects(context));
    }
    return sources;
  }

  private TaskWorkerObserver observer() {
    return Objects.requireNonNull(observer, "not registered");
  }

  private static UpdateControl<TaskWorker> again(Optional<Duration> when) {
    var control = UpdateControl.<TaskWorker>noUpdate();
    when.ifPresent(control::rescheduleAfter);
    return control;
  }

  private void report(TaskWorker worker, TaskWorkerStatus status, Context<TaskWorker> context) {
    if (status.equals(worker.getStatus())) {
      return;
    }
    var before = worker.getStatus();
    Status.write(new TaskWorker(), worker, status, context);
    events.readiness(worker, before == null ? null : before.conditions(), status.conditions());
    var is = status.scaling();
    var was = before == null ? null : before.scaling();
    if (is != null && (was == null ? 0 : was.wanted()) != is.wanted()) {
      events.normal(worker, "Scaled", is.reason());
    }
  }

  /// All, if what changed is shared; what changes for one queue arrives as a new status of its
  /// TaskQueue.
  private static Set<ResourceID> touchedBy(VhostChange change, TaskWorkerCache workers) {
    return switch (change.affected()) {
      case Affected.All() -> workers.ids();
      case Affected.Some _ -> Set.of();
    };
  }

  private static InformerEventSource<TaskQueue, TaskWorker> taskQueues(
      EventSourceContext<TaskWorker> context, TaskWorkerCache workers) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(TaskQueue.class, TaskWorker.class)
            .withPrimaryToSecondaryMapper(
                (TaskWorker worker) ->
                    Set.of(
                        new ResourceID(
                            worker.getSpec().queue(), worker.getMetadata().getNamespace())))
            .withSecondaryToPrimaryMapper(workers::consumersOf)
            .build(),
        context);
  }

  /// A cache to look into; a change of a TaskBroker arrives as one of its TaskQueues.
  private static InformerEventSource<TaskBroker, TaskWorker> taskBrokers(
      EventSourceContext<TaskWorker> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(TaskBroker.class, TaskWorker.class)
            .withWatchAllNamespaces()
            .withSecondaryToPrimaryMapper(broker -> Set.of())
            .build(),
        context);
  }

  private static <R extends HasMetadata> InformerEventSource<R, TaskWorker> made(
      Class<R> kind, EventSourceContext<TaskWorker> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(kind, TaskWorker.class)
            .withLabelSelector(Labels.SELECTOR + "," + Labels.WORKER)
            .build(),
        context);
  }

  private static InformerEventSource<GenericKubernetesResource, TaskWorker> scaledObjects(
      EventSourceContext<TaskWorker> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(
                new GroupVersionKind(DesiredScaledObject.API_VERSION, DesiredScaledObject.KIND),
                TaskWorker.class)
            .withLabelSelector(Labels.SELECTOR + "," + Labels.WORKER)
            .build(),
        context);
  }

  /// Pods belong to ReplicaSets; their label says to which TaskWorker.
  private static InformerEventSource<Pod, TaskWorker> pods(EventSourceContext<TaskWorker> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(Pod.class, TaskWorker.class)
            .withLabelSelector(Labels.SELECTOR + "," + Labels.WORKER)
            .withSecondaryToPrimaryMapper(
                pod ->
                    Set.of(
                        new ResourceID(
                            pod.getMetadata().getLabels().get(Labels.WORKER),
                            pod.getMetadata().getNamespace())))
            .build(),
        context);
  }
}
