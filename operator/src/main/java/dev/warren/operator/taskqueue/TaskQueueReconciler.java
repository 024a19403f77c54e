package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskQueueStatus;
import dev.warren.crds.TaskWorker;
import dev.warren.model.BrokerNames;
import dev.warren.operator.broker.Brokers;
import dev.warren.operator.broker.VhostChange;
import dev.warren.operator.resource.Events;
import dev.warren.operator.resource.Failures;
import dev.warren.operator.resource.Labels;
import dev.warren.operator.resource.Status;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
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
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Makes TaskQueues true in the broker. Called by the operator's threads, for one TaskQueue by one
/// at a time.
@ControllerConfiguration(name = "taskqueue", finalizerName = "warren.dev/taskqueue")
public final class TaskQueueReconciler implements Reconciler<TaskQueue>, Cleaner<TaskQueue> {
  private static final Duration DELETION_CHECK = Duration.ofSeconds(2);

  private final Brokers brokers;
  private final Events events;
  private final Clock clock;
  private final TaskQueueObserver observer;
  private final TaskQueueApplier applier;

  /// Reconciles with these brokers.
  public TaskQueueReconciler(Brokers brokers, Events events, Clock clock) {
    this.brokers = brokers;
    this.events = events;
    this.clock = clock;
    observer = new TaskQueueObserver(brokers);
    applier = new TaskQueueApplier(brokers);
  }

  @Override
  public UpdateControl<TaskQueue> reconcile(TaskQueue queue, Context<TaskQueue> context) {
    var observed = observer.observe(queue, context);
    var plan = TaskQueuePlanner.plan(queue, observed, clock.instant());
    applier.apply(plan, context);
    report(queue, plan.status(), context);
    return UpdateControl.noUpdate();
  }

  @Override
  public DeleteControl cleanup(TaskQueue queue, Context<TaskQueue> context) {
    var observed = observer.observe(queue, context);
    return switch (TaskQueueDeletionPlanner.plan(queue, observed, clock.instant())) {
      case DeletionPlan.Finish(var broker, var vhost, var changes) -> {
        applier.change(broker, vhost, changes);
        yield DeleteControl.defaultDelete();
      }
      case DeletionPlan.Wait(var broker, var vhost, var changes, var verdicts) -> {
        applier.change(broker, vhost, changes);
        report(
            queue, TaskQueuePlanner.deleting(queue, verdicts, observed, clock.instant()), context);
        yield DeleteControl.noFinalizerRemoval().rescheduleAfter(DELETION_CHECK.toMillis());
      }
      case DeletionPlan.Abandon(var broker, var vhost, var changes, var why) -> {
        applier.change(broker, vhost, changes);
        events.warning(queue, "CleanupAbandoned", why);
        yield DeleteControl.defaultDelete();
      }
    };
  }

  @Override
  public ErrorStatusUpdateControl<TaskQueue> updateErrorStatus(
      TaskQueue queue, Context<TaskQueue> context, Exception e) {
    report(queue, TaskQueuePlanner.failed(queue, Failures.verdict(e), clock.instant()), context);
    return ErrorStatusUpdateControl.noStatusUpdate();
  }

  @Override
  public List<EventSource<?, TaskQueue>> prepareEventSources(
      EventSourceContext<TaskQueue> context) {
    var cache = context.getPrimaryCache();
    cache.addIndexer(
        TaskQueueObserver.BY_BROKER, queue -> List.of(SettingsResolver.brokerOf(queue)));
    var readings = new SimpleInboundEventSource<TaskQueue>("broker-readings");
    brokers.onChange(change -> ids(cache, touchedBy(change)).forEach(readings::propagateEvent));
    return List.of(
        readings, taskBrokers(context), namespaces(context), secrets(context), workers(context));
  }

  private void report(TaskQueue queue, TaskQueueStatus status, Context<TaskQueue> context) {
    if (!status.equals(queue.getStatus())) {
      var before = queue.getStatus() == null ? null : queue.getStatus().conditions();
      Status.write(new TaskQueue(), queue, status, context);
      events.readiness(queue, before, status.conditions());
    }
  }

  private static Predicate<TaskQueue> touchedBy(VhostChange change) {
    // Dead letters count for the queue whose they are.
    return queue -> {
      var name = SettingsResolver.queueOf(queue);
      return SettingsResolver.brokerOf(queue).equals(change.broker())
          && (change.affected().includes(name)
              || change.affected().includes(BrokerNames.deadLetterQueue(name)));
    };
  }

  private static InformerEventSource<TaskBroker, TaskQueue> taskBrokers(
      EventSourceContext<TaskQueue> context) {
    var cache = context.getPrimaryCache();
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(TaskBroker.class, TaskQueue.class)
            .withPrimaryToSecondaryMapper(
                (TaskQueue queue) -> Set.of(new ResourceID(SettingsResolver.brokerOf(queue))))
            .withSecondaryToPrimaryMapper(
                broker ->
                    ids(
                        cache,
                        queue ->
                            SettingsResolver.brokerOf(queue)
                                .equals(broker.getMetadata().getName())))
            .build(),
        context);
  }

  private static InformerEventSource<Namespace, TaskQueue> namespaces(
      EventSourceContext<TaskQueue> context) {
    var cache = context.getPrimaryCache();
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(Namespace.class, TaskQueue.class)
            .withPrimaryToSecondaryMapper(
                (TaskQueue queue) -> Set.of(new ResourceID(queue.getMetadata().getNamespace())))
            .withSecondaryToPrimaryMapper(
                namespace ->
                    ids(
                        cache,
                        queue ->
                            queue
                                .getMetadata()
                                .getNamespace()
                                .equals(namespace.getMetadata().getName())))
            .build(),
        context);
  }

  private static InformerEventSource<Secret, TaskQueue> secrets(
      EventSourceContext<TaskQueue> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(Secret.class, TaskQueue.class)
            .withLabelSelector(Labels.SELECTOR + "," + Labels.QUEUE)
            .build(),
        context);
  }

  private static InformerEventSource<TaskWorker, TaskQueue> workers(
      EventSourceContext<TaskQueue> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(TaskWorker.class, TaskQueue.class)
            .withSecondaryToPrimaryMapper(
                worker ->
                    Set.of(
                        new ResourceID(
                            worker.getSpec().queue(), worker.getMetadata().getNamespace())))
            .build(),
        context);
  }

  private static Set<ResourceID> ids(
      IndexerResourceCache<TaskQueue> cache, Predicate<TaskQueue> which) {
    return cache.list(which).map(ResourceID::fromResource).collect(Collectors.toSet());
  }
}
