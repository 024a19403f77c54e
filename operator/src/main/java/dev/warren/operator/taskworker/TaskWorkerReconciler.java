package dev.warren.operator.taskworker;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskWorker;
import dev.warren.crds.TaskWorkerStatus;
import dev.warren.operator.broker.BrokerException;
import dev.warren.operator.broker.Brokers;
import dev.warren.operator.resource.Events;
import dev.warren.operator.resource.Failures;
import dev.warren.operator.resource.Labels;
import dev.warren.operator.resource.Status;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Makes TaskWorkers true as Deployments of the right size. Called by the operator's threads, for
/// one TaskWorker by one at a time.
@ControllerConfiguration(name = "taskworker", finalizerName = "warren.dev/taskworker")
public final class TaskWorkerReconciler implements Reconciler<TaskWorker>, Cleaner<TaskWorker> {
  private static final Duration DELETION_CHECK = Duration.ofSeconds(1);

  /// How long the broker is waited for when only its user is left to delete.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String BY_QUEUE = "queue";

  private final Events events;
  private final Clock clock;
  private final TaskWorkerObserver observer;
  private final TaskWorkerApplier applier;

  /// Reconciles with these brokers. It needs no event of a broker itself: what changes there
  /// changes the status of the TaskQueue.
  public TaskWorkerReconciler(Brokers brokers, Events events, Clock clock) {
    this.events = events;
    this.clock = clock;
    observer = new TaskWorkerObserver(brokers);
    applier = new TaskWorkerApplier(brokers);
  }

  @Override
  public UpdateControl<TaskWorker> reconcile(TaskWorker worker, Context<TaskWorker> context) {
    var observed = observer.observe(worker, context);
    var plan = TaskWorkerPlanner.plan(worker, observed, clock.instant());
    applier.apply(plan, context);
    var status = status(worker, plan.status());
    plan.again().ifPresent(status::rescheduleAfter);
    return status;
  }

  /// First the pods, which give back what they hold, then the user that they are connected as.
  @Override
  public DeleteControl cleanup(TaskWorker worker, Context<TaskWorker> context) {
    var observed = observer.observe(worker, context);
    observed
        .deployment()
        .filter(found -> WorkerAdmission.owns(worker, found))
        .ifPresent(found -> applier.delete(found, context));
    if (!observed.pods().isEmpty()) {
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(DELETION_CHECK.toMillis());
    }
    try {
      applier.deleteUser(worker);
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
    return status(worker, TaskWorkerPlanner.failed(worker, Failures.verdict(e), clock.instant()))
        .getResource()
        .map(ErrorStatusUpdateControl::patchStatus)
        .orElseGet(ErrorStatusUpdateControl::noStatusUpdate);
  }

  @Override
  public List<EventSource<?, TaskWorker>> prepareEventSources(
      EventSourceContext<TaskWorker> context) {
    context
        .getPrimaryCache()
        .addIndexer(
            BY_QUEUE,
            worker -> List.of(key(worker.getMetadata().getNamespace(), worker.getSpec().queue())));
    return List.of(
        taskQueues(context),
        taskBrokers(context),
        made(Deployment.class, context),
        made(ConfigMap.class, context),
        made(Secret.class, context),
        pods(context));
  }

  private UpdateControl<TaskWorker> status(TaskWorker worker, TaskWorkerStatus status) {
    if (status.equals(worker.getStatus())) {
      return UpdateControl.noUpdate();
    }
    var before = worker.getStatus();
    events.readiness(worker, before == null ? null : before.conditions(), status.conditions());
    var is = status.scaling();
    var was = before == null ? null : before.scaling();
    if (is != null && (was == null ? 0 : was.wanted()) != is.wanted()) {
      events.normal(worker, "Scaled", is.reason());
    }
    return UpdateControl.patchStatus(Status.holder(new TaskWorker(), worker, status));
  }

  private static InformerEventSource<TaskQueue, TaskWorker> taskQueues(
      EventSourceContext<TaskWorker> context) {
    var cache = context.getPrimaryCache();
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(TaskQueue.class, TaskWorker.class)
            .withPrimaryToSecondaryMapper(
                (TaskWorker worker) ->
                    Set.of(
                        new ResourceID(
                            worker.getSpec().queue(), worker.getMetadata().getNamespace())))
            .withSecondaryToPrimaryMapper(queue -> workersOf(queue, cache))
            .build(),
        context);
  }

  /// A cache to look into; a change of a TaskBroker arrives as one of its TaskQueues.
  private static InformerEventSource<TaskBroker, TaskWorker> taskBrokers(
      EventSourceContext<TaskWorker> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(TaskBroker.class, TaskWorker.class)
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

  private static Set<ResourceID> workersOf(
      TaskQueue queue, IndexerResourceCache<TaskWorker> cache) {
    var key = key(queue.getMetadata().getNamespace(), queue.getMetadata().getName());
    return cache.byIndex(BY_QUEUE, key).stream()
        .map(ResourceID::fromResource)
        .collect(Collectors.toSet());
  }

  private static String key(String namespace, String queue) {
    return namespace + "/" + queue;
  }
}
