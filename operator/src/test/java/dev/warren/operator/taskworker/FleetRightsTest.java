package dev.warren.operator.taskworker;

import static dev.warren.operator.taskworker.WorkerObservations.PLANNER;
import static dev.warren.operator.taskworker.WorkerObservations.usual;
import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Resources.deleted;
import static dev.warren.operator.testing.Resources.queue;
import static dev.warren.operator.testing.Resources.reconciled;
import static dev.warren.operator.testing.Resources.worker;
import static dev.warren.operator.testing.Snapshots.absent;
import static dev.warren.operator.testing.Snapshots.holding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskWorker;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.VhostSnapshot;
import dev.warren.operator.taskqueue.BrokerView;
import dev.warren.operator.testing.Snapshots;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a fleet may do in the broker while its settings change, and when it may no more.
class FleetRightsTest {
  private static final TaskWorker WORKER = worker("replicas: 1");
  private static final TaskWorker OTHER_TEMPLATE =
      worker("replicas: 1\npodTemplate: {metadata: {labels: {tier: gold}}}");
  private static final Instant READ = NOW.plus(Rollout.READING);

  private static final String BOTH_LANES =
      "^(warren\\.delay\\.2000\\.0|warren\\.return|warren\\.dead-letter|warren\\.delay\\.1000\\.0)$";
  private static final String SECOND_LANE =
      "^(warren\\.delay\\.2000\\.0|warren\\.return|warren\\.dead-letter)$";

  /// A fleet of one pod whose queue got another delay lane, which all is written for.
  private final WorkerObservations changed = changed(Pods.ready());

  @Test
  void aPodThatMayNotHaveReadAChangeYetKeepsItsRights() {
    assertThat(changed.plan(WORKER).changes()).isEmpty();
    assertThat(writeOf(changed)).isEqualTo(BOTH_LANES);
  }

  @Test
  void theChangeIsLookedAtAgainWhenPodsHaveReadIt() {
    assertThat(changed.plan(WORKER).again()).contains(Rollout.READING);
  }

  @Test
  void formerRightsAreTakenWhenPodsHaveReadTheChange() {
    assertThat(write(at(READ, WORKER, changed))).contains(SECOND_LANE);
  }

  @Test
  void formerRightsAreTakenAtOnceWhenNoPodIsThere() {
    assertThat(write(at(NOW, WORKER, changed.withPods()))).contains(SECOND_LANE);
  }

  @Test
  void aPodThatDrainsKeepsItsRights() {
    var drains = changed.withPods(Pods.ready(), deleted(Pods.ready(), NOW));

    assertThat(at(READ, WORKER, drains).changes()).isEmpty();
  }

  @Test
  void aPodOfAFormerTemplateKeepsItsRights() {
    assertThat(at(READ, OTHER_TEMPLATE, changed).changes()).isEmpty();
  }

  @Test
  void aRolloutThatTheClusterHasNotSeenYetIsNotOver() {
    var deployment =
        new DeploymentBuilder(changed.observed().deployment().orElseThrow())
            .editMetadata()
            .withGeneration(2L)
            .endMetadata()
            .build();

    assertThat(at(READ, WORKER, changed.withDeployment(deployment)).changes()).isEmpty();
  }

  private static WorkerObservations changed(Pod... pods) {
    var before = usual().withQueue(ready("1s")).withPods(pods);
    var first = before.plan(WORKER);
    var granted =
        written(before, holding(absent(), "image-resize", 0, 0), first).withQueue(ready("2s"));
    return written(granted, vhost(granted), granted.plan(WORKER));
  }

  /// All that a plan says is done, and the Deployment's one pod is of its template.
  private static WorkerObservations written(
      WorkerObservations before, VhostSnapshot vhost, TaskWorkerPlan plan) {
    return before
        .withView(WorkerObservations.visible(Snapshots.after(vhost, plan.changes())))
        .withObjects(
            plan.objects().stream()
                .map(
                    object ->
                        object instanceof Deployment deployment ? rolledOut(deployment) : object)
                .toList());
  }

  private static Deployment rolledOut(Deployment deployment) {
    return new DeploymentBuilder(deployment)
        .editMetadata()
        .withGeneration(1L)
        .endMetadata()
        .withNewStatus()
        .withObservedGeneration(1L)
        .withReplicas(1)
        .withUpdatedReplicas(1)
        .endStatus()
        .build();
  }

  private static TaskWorkerPlan at(
      Instant now, TaskWorker worker, WorkerObservations observations) {
    return PLANNER.plan(worker, observations.observed(), now);
  }

  private static Optional<String> write(TaskWorkerPlan plan) {
    return plan.changes().stream()
        .filter(BrokerChange.PutPermissions.class::isInstance)
        .map(change -> ((BrokerChange.PutPermissions) change).permissions().write())
        .findFirst();
  }

  private static String writeOf(WorkerObservations observations) {
    var permissions = vhost(observations).users().permissions();
    return Objects.requireNonNull(permissions.get("warren.worker.media.resizer")).write();
  }

  private static VhostSnapshot vhost(WorkerObservations observations) {
    return ((BrokerView.Visible) observations.observed().view()).vhost();
  }

  private static Optional<TaskQueue> ready(String delay) {
    return Optional.of(
        reconciled(
            queue(
                "type: Classic\nretry: {maxAttempts: 1, initialDelay: %s, jitter: 0}"
                    .formatted(delay))));
  }
}
