package dev.warren.operator.taskbroker;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskBrokerStatus;
import dev.warren.operator.broker.Brokers;
import dev.warren.operator.resource.Events;
import dev.warren.operator.resource.Failures;
import dev.warren.operator.resource.ResourceGauges;
import dev.warren.operator.resource.Status;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// Opens and watches the brokers of TaskBrokers. Called by the operator's threads, for one
/// TaskBroker by one at a time.
///
/// It looks again and again, because neither a Secret nor a broker says when it changes.
@ControllerConfiguration(name = "taskbroker", finalizerName = "warren.dev/taskbroker")
public final class TaskBrokerReconciler implements Reconciler<TaskBroker>, Cleaner<TaskBroker> {
  private static final Duration CHECK = Duration.ofSeconds(10);
  private static final Duration CHECK_WHEN_AWAY = Duration.ofSeconds(1);

  private final Brokers brokers;
  private final Events events;
  private final PrometheusRegistry metrics;
  private final Clock clock;
  private final TaskBrokerObserver observer;

  /// Reconciles these brokers.
  ///
  /// @param metrics tell of each
  public TaskBrokerReconciler(
      Brokers brokers, Events events, PrometheusRegistry metrics, Clock clock) {
    this.brokers = brokers;
    this.events = events;
    this.metrics = metrics;
    this.clock = clock;
    observer = new TaskBrokerObserver(brokers);
  }

  @Override
  public UpdateControl<TaskBroker> reconcile(TaskBroker broker, Context<TaskBroker> context) {
    var observed = observer.observe(broker, context.getClient());
    var status = TaskBrokerPlanner.plan(broker, observed, clock.instant());
    report(broker, status, context);
    return UpdateControl.<TaskBroker>noUpdate()
        .rescheduleAfter(observed instanceof ObservedBroker.Connected ? CHECK : CHECK_WHEN_AWAY);
  }

  @Override
  public DeleteControl cleanup(TaskBroker broker, Context<TaskBroker> context) {
    brokers.close(broker.getMetadata().getName());
    return DeleteControl.defaultDelete();
  }

  @Override
  public ErrorStatusUpdateControl<TaskBroker> updateErrorStatus(
      TaskBroker broker, Context<TaskBroker> context, Exception e) {
    report(broker, TaskBrokerPlanner.failed(broker, Failures.verdict(e), clock.instant()), context);
    return ErrorStatusUpdateControl.noStatusUpdate();
  }

  @Override
  public List<EventSource<?, TaskBroker>> prepareEventSources(
      EventSourceContext<TaskBroker> context) {
    metrics.register(
        new ResourceGauges<>(
            TaskBroker.class,
            () -> context.getPrimaryCache().list(),
            broker -> broker.getStatus() == null ? null : broker.getStatus().conditions(),
            List.of()));
    return List.of();
  }

  private void report(TaskBroker broker, TaskBrokerStatus status, Context<TaskBroker> context) {
    if (!status.equals(broker.getStatus())) {
      var before = broker.getStatus() == null ? null : broker.getStatus().conditions();
      Status.write(new TaskBroker(), broker, status, context);
      events.readiness(broker, before, status.conditions());
    }
  }
}
