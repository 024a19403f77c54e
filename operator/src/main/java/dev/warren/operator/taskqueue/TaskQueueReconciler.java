package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskQueueStatus;
import dev.warren.crds.TaskWorker;
import dev.warren.operator.broker.BrokerException;
import dev.warren.operator.broker.Brokers;
import dev.warren.operator.resource.Conditions;
import dev.warren.operator.resource.Events;
import dev.warren.operator.resource.Failures;
import dev.warren.operator.resource.Labels;
import dev.warren.operator.resource.Status;
import dev.warren.operator.resource.Verdict;
import dev.warren.operator.resource.WorthReconciling;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
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
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Makes TaskQueues true in the broker. Called by the operator's threads, for one TaskQueue by one
/// at a time.
@ControllerConfiguration(
    name = "taskqueue",
    finalizerName = "warren.dev/taskqueue",
    generationAwareEventProcessing = false,
    informer = @Informer(onUpdateFilter = WorthReconciling.class))
public final class TaskQueueReconciler
    implements Reconciler<TaskQueue>, Cleaner<TaskQueue>, AutoCloseable {
  private static final Duration DELETION_CHECK = Duration.ofSeconds(2);

  /// Between two looks at what the TaskQueues of a vhost share: with the interval between two
  /// readings less than the half minute in which drift must be found.
  private static final Duration UPKEEP = Duration.ofSeconds(10);

  private final Brokers brokers;
  private final Events events;
  private final PrometheusRegistry metrics;
  private final Clock clock;
  private final TaskQueuePlanner planner;

  /// The generation of the TaskBroker that each TaskQueue, by its uid, was last made true by.
  private final Map<String, Long> brokerGenerations = new ConcurrentHashMap<>();

  /// Written once, before the first reconciliation: when there are caches to look into.
  private volatile @Nullable Parts parts;

  private record Parts(TaskQueueObserver observer, TaskQueueApplier applier, VhostUpkeep upkeep) {}

  /// Reconciles with these brokers.
  ///
  /// @param overlap how long a former user of a binding stays valid
  /// @param metrics tell of each queue
  public TaskQueueReconciler(
      Brokers brokers, Events events, Duration overlap, PrometheusRegistry metrics, Clock clock) {
    this.brokers = brokers;
    this.events = events;
    this.metrics = metrics;
    this.clock = clock;
    planner = new TaskQueuePlanner(overlap);
  }

  @Override
  public UpdateControl<TaskQueue> reconcile(TaskQueue queue, Context<TaskQueue> context) {
    var observed = parts().observer().observe(queue, context);
    var plan = planner.plan(queue, observed, clock.instant());
    parts().applier().apply(plan, context);
    report(queue, plan.status(), context);
    if (!plan.repairs().isEmpty() && !hasNewDefaults(queue, observed)) {
      events.warning(queue, "DriftRepaired", Drift.text(plan.repairs()));
    }
    observed
        .broker()
        .map(broker -> broker.getMetadata().getGeneration())
        .ifPresent(generation -> brokerGenerations.put(uid(queue), generation));
    var control = UpdateControl.<TaskQueue>noUpdate();
    plan.again().ifPresent(control::rescheduleAfter);
    return control;
  }

  @Override
  public DeleteControl cleanup(TaskQueue queue, Context<TaskQueue> context) {
    brokerGenerations.remove(uid(queue));
    var observed = parts().observer().observe(queue, context);
    try {
      var plan = TaskQueueDeletionPlanner.plan(queue, observed, clock.instant());
      return carryOut(plan, queue, observed, context);
    } catch (BrokerException e) {
      var plan = TaskQueueDeletionPlanner.failed(queue, e, clock.instant());
      return carryOut(plan, queue, observed, context);
    }
  }

  private DeleteControl carryOut(
      DeletionPlan plan, TaskQueue queue, ObservedQueue observed, Context<TaskQueue> context) {
    var applier = parts().applier();
    return switch (plan) {
      case DeletionPlan.Finish(var broker, var vhost, var changes) -> {
        applier.change(broker, vhost, changes);
        yield DeleteControl.defaultDelete();
      }
      case DeletionPlan.Wait(var broker, var vhost, var changes, var verdicts) -> {
        applier.change(broker, vhost, changes);
        var status = QueueStatus.deleting(queue, verdicts, observed, clock.instant());
        tellWhatHoldsBack(queue, status);
        report(queue, status, context);
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
    report(
        queue, QueueStatus.failed(queue, List.of(Failures.verdict(e)), clock.instant()), context);
    return Failures.repetition(e);
  }

  @Override
  public List<EventSource<?, TaskQueue>> prepareEventSources(
      EventSourceContext<TaskQueue> context) {
    var queues = new TaskQueueCache(context.getPrimaryCache());
    metrics.register(QueueMetrics.of(queues::all));
    var taskBrokers = taskBrokers(context, queues);
    var upkeep =
        new VhostUpkeep(brokers, queues, name -> taskBrokers.get(new ResourceID(name)), UPKEEP);
    parts =
        new Parts(
            new TaskQueueObserver(queues, brokers), new TaskQueueApplier(brokers, upkeep), upkeep);
    var readings = new SimpleInboundEventSource<TaskQueue>("broker-readings");
    brokers.onChange(change -> queues.touchedBy(change).forEach(readings::propagateEvent));
    return List.of(
        readings, taskBrokers, namespaces(context, queues), secrets(context), workers(context));
  }

  /// Looks after vhosts no longer.
  @Override
  public void close() {
    parts().upkeep().close();
  }

  private Parts parts() {
    return Objects.requireNonNull(parts, "no event source was prepared");
  }

  /// Whether its TaskBroker says something else now; what differs is nobody's doing then. After a
  /// restart nobody knows, and what differs is told.
  private boolean hasNewDefaults(TaskQueue queue, ObservedQueue observed) {
    var last = brokerGenerations.get(uid(queue));
    return last != null
        && observed
            .broker()
            .filter(broker -> !last.equals(broker.getMetadata().getGeneration()))
            .isPresent();
  }

  private static String uid(TaskQueue queue) {
    return queue.getMetadata().getUid();
  }

  private void report(TaskQueue queue, TaskQueueStatus status, Context<TaskQueue> context) {
    if (!status.equals(queue.getStatus())) {
      var before = queue.getStatus() == null ? null : queue.getStatus().conditions();
      Status.write(new TaskQueue(), queue, status, context);
      events.readiness(queue, before, status.conditions());
    }
  }

  /// With numbers, which a condition must not have: they would change it again and again.
  private void tellWhatHoldsBack(TaskQueue queue, TaskQueueStatus status) {
    var before = queue.getStatus() == null ? null : queue.getStatus().conditions();
    if (waits(status.conditions()) && !waits(before) && status.ready() != null) {
      events.normal(
          queue,
          DeletionPlan.WAITING_UNTIL_EMPTY,
          "%d waiting, %d running and %d dead-lettered tasks hold the deletion back"
              .formatted(status.ready(), status.unacknowledged(), status.deadLettered()));
    }
  }

  private static boolean waits(@Nullable List<Condition> conditions) {
    return Conditions.find(conditions, Verdict.READY)
        .filter(ready -> ready.getReason().equals(DeletionPlan.WAITING_UNTIL_EMPTY))
        .isPresent();
  }

  private static InformerEventSource<TaskBroker, TaskQueue> taskBrokers(
      EventSourceContext<TaskQueue> context, TaskQueueCache queues) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(TaskBroker.class, TaskQueue.class)
            .withWatchAllNamespaces()
            .withPrimaryToSecondaryMapper(
                (TaskQueue queue) -> Set.of(new ResourceID(SettingsResolver.brokerOf(queue))))
            .withSecondaryToPrimaryMapper(queues::ofBroker)
            .build(),
        context);
  }

  private static InformerEventSource<Namespace, TaskQueue> namespaces(
      EventSourceContext<TaskQueue> context, TaskQueueCache queues) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(Namespace.class, TaskQueue.class)
            .withWatchAllNamespaces()
            .withPrimaryToSecondaryMapper(
                (TaskQueue queue) -> Set.of(new ResourceID(queue.getMetadata().getNamespace())))
            .withSecondaryToPrimaryMapper(
                namespace -> queues.ofNamespace(namespace.getMetadata().getName()))
            .build(),
        context);
  }

  private static InformerEventSource<Secret, TaskQueue> secrets(
      EventSourceContext<TaskQueue> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(Secret.class, TaskQueue.class)
            .withLabelSelector(Labels.SELECTOR + "," + Labels.QUEUE)
            // Warren makes them; what it made is no news to it.
            .withOnAddFilter(_ -> false)
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
}
