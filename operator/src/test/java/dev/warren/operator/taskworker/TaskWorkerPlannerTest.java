package dev.warren.operator.taskworker;

import static dev.warren.operator.taskworker.WorkerObservations.usual;
import static dev.warren.operator.testing.ConditionsAssert.assertThatConditions;
import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Resources.bareWorker;
import static dev.warren.operator.testing.Resources.condition;
import static dev.warren.operator.testing.Resources.conditions;
import static dev.warren.operator.testing.Resources.deleted;
import static dev.warren.operator.testing.Resources.queue;
import static dev.warren.operator.testing.Resources.reconciled;
import static dev.warren.operator.testing.Resources.worker;
import static dev.warren.operator.testing.Snapshots.absent;
import static dev.warren.operator.testing.Snapshots.after;
import static dev.warren.operator.testing.Snapshots.holding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskWorker;
import dev.warren.crds.TaskWorkerStatus;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.Permissions;
import dev.warren.operator.resource.SecretEntries;
import dev.warren.operator.resource.Verdict;
import dev.warren.operator.taskqueue.BrokerView;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskWorkerPlannerTest {
  private static final String PAST_THE_COOLDOWN = NOW.minus(Duration.ofHours(1)).toString();

  private final TaskWorker worker = worker("autoscaling: {targetBacklog: 10}");

  @Test
  void writesWhatPodsMountBeforeThePods() {
    assertThat(plan(usual()).objects())
        .extracting(HasMetadata::getKind, object -> object.getMetadata().getName())
        .containsExactly(
            tuple("Secret", "resizer-worker-binding"),
            tuple("ConfigMap", "resizer-worker"),
            tuple("Deployment", "resizer"));
  }

  @Test
  void ownsEverythingItWrites() {
    assertThat(plan(usual()).objects())
        .allSatisfy(
            object -> {
              assertThat(object.getMetadata().getNamespace()).isEqualTo("media");
              assertThat(object.getMetadata().getLabels())
                  .containsEntry("app.kubernetes.io/managed-by", "warren")
                  .containsEntry("warren.dev/worker", "resizer");
              assertThat(object.getMetadata().getOwnerReferences())
                  .singleElement()
                  .satisfies(owner -> assertThat(owner.getUid()).isEqualTo("uid-of-media-resizer"));
            });
  }

  @Test
  void makesAUserForTheFleet() {
    var plan =
        plan(
            usual()
                .withQueue(
                    Optional.of(ready("type: Classic\nretry: {maxAttempts: 1, jitter: 0}"))));

    assertThat(plan.broker()).isEqualTo("default");
    assertThat(plan.vhost()).isEqualTo("media");
    assertThat(plan.changes())
        .containsExactly(
            new BrokerChange.PutUser("warren.worker.media.resizer", WorkerObservations.PASSWORD),
            new BrokerChange.PutPermissions(
                "warren.worker.media.resizer",
                new Permissions(
                    "", "^(warren\\.delay\\.1000\\.0|warren\\.dead-letter)$", "^(image-resize)$")));
  }

  @Test
  void givesTheFleetItsOwnCredentials() {
    var secret = one(Secret.class, plan(usual()));

    assertThat(SecretEntries.of(secret))
        .containsEntry("username", "warren.worker.media.resizer")
        .containsEntry("password", WorkerObservations.PASSWORD)
        .containsEntry("vhost", "media")
        .doesNotContainKey("exchange");
  }

  @Test
  void writesNothingTwice() {
    var plan = plan(usual());
    var done =
        usual()
            .withView(
                WorkerObservations.visible(
                    after(holding(absent(), "image-resize", 0, 0), plan.changes())))
            .withObjects(
                Optional.of(one(Deployment.class, plan)),
                Optional.of(one(ConfigMap.class, plan)),
                Optional.of(SecretEntries.of(one(Secret.class, plan))));
    worker.setStatus(plan.status());

    var again = TaskWorkerPlanner.plan(worker, done.observed(), NOW.plus(Duration.ofHours(1)));

    assertThat(again.objects()).isEmpty();
    assertThat(again.changes()).isEmpty();
    assertThat(again.status()).isEqualTo(plan.status());
  }

  @Test
  void givesACustomImageNoConfiguration() {
    var custom = bareWorker("handler: {custom: {}}");

    assertThat(TaskWorkerPlanner.plan(custom, usual().observed(), NOW).objects())
        .extracting(HasMetadata::getKind)
        .containsExactly("Secret", "Deployment");
  }

  @Test
  void scalesFromZeroForTheFirstTask() {
    var plan = plan(usual().withBacklog(1, 0));

    assertThat(replicas(plan)).isEqualTo(1);
    assertThat(plan.status().scaling())
        .isEqualTo(
            new TaskWorkerStatus.Scaling(
                1, "1: 1 tasks wait or run, 10 for each pod, 0 to 20 pods", null));
    assertThatConditions(plan.status().conditions())
        .areNotReady("Starting")
        .say("Progressing", "True", "Starting");
  }

  @Test
  void remembersSinceWhenFewerPodsWouldBeEnough() {
    var plan = plan(usual().withDeployment(deployment(4)));

    assertThat(replicas(plan)).isEqualTo(4);
    assertThat(plan.status().scaling())
        .extracting(TaskWorkerStatus.Scaling::lowerSince)
        .isEqualTo(NOW.toString());
    assertThat(plan.again()).contains(Duration.ofMinutes(1));
  }

  @Test
  void scalesToZeroAfterTheCooldown() {
    worker.setStatus(scaling(4, PAST_THE_COOLDOWN));

    var plan = plan(usual().withDeployment(deployment(4)));

    assertThat(replicas(plan)).isZero();
    assertThatConditions(plan.status().conditions()).areReady("ScaledToZero");
  }

  @Test
  void holdsTheSizeWhileFiguresAreUnknown() {
    worker.setStatus(scaling(4, PAST_THE_COOLDOWN));
    var blind = usual().withView(WorkerObservations.visible(absent()));

    var plan = plan(blind.withDeployment(deployment(4)));

    assertThat(replicas(plan)).isEqualTo(4);
  }

  @Test
  void reportsItsPods() {
    var status =
        plan(usual().withBacklog(25, 0).withPods(Pods.ready(), Pods.ready(), Pods.starting()))
            .status();

    assertThat(status.observedGeneration()).isEqualTo(1);
    assertThat(status.replicas()).isEqualTo(3);
    assertThat(status.readyReplicas()).isEqualTo(2);
    assertThat(status.selector())
        .isEqualTo("app.kubernetes.io/managed-by=warren,warren.dev/worker=resizer");
    assertThatConditions(status.conditions()).areReady("Consuming");
  }

  @Test
  void stopsWhenItsQueueDoesNotExist() {
    var plan = plan(usual().withQueue(Optional.empty()).withDeployment(deployment(4)));

    assertThat(replicas(plan)).isZero();
    assertThatConditions(plan.status().conditions())
        .areNotReady("QueueNotFound")
        .withMessage(
            "TaskQueue 'image-resize' does not exist in namespace 'media'; create it or correct spec.queue");
  }

  @Test
  void doesNotStopTwice() {
    var plan = plan(usual().withQueue(Optional.empty()).withDeployment(deployment(0)));

    assertThat(plan.objects()).isEmpty();
  }

  @Test
  void waitsForAQueueThatWasNeverMade() {
    var plan = plan(usual().withQueue(Optional.of(queue("{}"))));

    assertNothingIsDone(plan);
    assertThatConditions(plan.status().conditions())
        .areNotReady("QueueNotReady")
        .withMessage("TaskQueue 'image-resize' is not ready: not looked at yet");
  }

  @Test
  void doesNotFollowAQueueThatTheBrokerCannotBeMadeToFit() {
    var differs = conditions(ready("type: Classic"), condition("Ready", "False", "Differs", NOW));

    var plan = plan(usual().withQueue(Optional.of(differs)).withDeployment(deployment(4)));

    assertNothingIsDone(plan);
    assertThatConditions(plan.status().conditions())
        .areNotReady("QueueNotReady")
        .withMessage("TaskQueue 'image-resize' is not ready: because");
    assertThat(plan.status().scaling()).extracting(TaskWorkerStatus.Scaling::wanted).isEqualTo(4);
  }

  @Test
  void doesNotRunAheadOfAQueueWhoseSpecChanged() {
    var changed = ready("retry: {initialDelay: 3s}");
    changed.getMetadata().setGeneration(2L);
    worker.setStatus(scaling(4, PAST_THE_COOLDOWN));

    var plan = plan(usual().withQueue(Optional.of(changed)).withDeployment(deployment(4)));

    assertNothingIsDone(plan);
    assertThat(plan.status()).isSameAs(worker.getStatus());
  }

  @Test
  void emptiesAQueueThatWaitsToBeDeleted() {
    var leaving =
        conditions(
            deleted(ready("{}"), NOW), condition("Ready", "False", "WaitingUntilEmpty", NOW));
    leaving.getMetadata().setGeneration(2L);

    var plan = plan(usual().withBacklog(5, 0).withQueue(Optional.of(leaving)));

    assertThat(replicas(plan)).isEqualTo(1);
  }

  @Test
  void standsStillWhileTheQueueIsPaused() {
    var paused = conditions(ready("paused: true"), condition("Ready", "False", "Paused", NOW));

    var plan =
        plan(
            usual()
                .withBacklog(500, 0)
                .withQueue(Optional.of(paused))
                .withDeployment(deployment(4)));

    assertThat(replicas(plan)).isZero();
  }

  @Test
  void keepsPodsWhileTheBrokerIsAway() {
    var hidden = usual().withView(new BrokerView.Hidden("it is away"));

    var plan = plan(hidden.withDeployment(deployment(4)));

    assertNothingIsDone(plan);
    assertThatConditions(plan.status().conditions())
        .areNotReady("BrokerUnreachable")
        .withMessage("it is away");
    assertThat(plan.status().scaling())
        .isEqualTo(new TaskWorkerStatus.Scaling(4, "holding: it is away", null));
  }

  @Test
  void keepsTheStatusUntilTheBrokerWasLookedAt() {
    worker.setStatus(scaling(4, PAST_THE_COOLDOWN));

    var plan = plan(usual().withView(new BrokerView.Pending("not looked at yet")));

    assertNothingIsDone(plan);
    assertThat(plan.status()).isSameAs(worker.getStatus());
  }

  @Test
  void leavesADeploymentAloneThatIsNotItsOwn() {
    var foreign = deployment(4);
    foreign.getMetadata().getOwnerReferences().getFirst().setUid("somebody else's");

    var plan = plan(usual().withDeployment(foreign));

    assertNothingIsDone(plan);
    assertThatConditions(plan.status().conditions())
        .areNotReady("DeploymentConflict")
        .withMessage(
            "Deployment 'resizer' exists and is not this TaskWorker's; rename the one or the other");
  }

  @Test
  void leavesADeploymentAloneThatIsNotItsOwnEvenWithoutAQueue() {
    var foreign = deployment(4);
    foreign.getMetadata().getOwnerReferences().getFirst().setUid("somebody else's");

    var plan = plan(usual().withQueue(Optional.empty()).withDeployment(foreign));

    assertNothingIsDone(plan);
    assertThatConditions(plan.status().conditions()).areNotReady("DeploymentConflict");
  }

  @Test
  void saysWhatIsWrongWithItsSpecAndKeepsItsPods() {
    var invalid = worker("podTemplate: {spec: text}");

    var plan =
        TaskWorkerPlanner.plan(invalid, usual().withDeployment(deployment(4)).observed(), NOW);

    assertNothingIsDone(plan);
    assertThatConditions(plan.status().conditions()).areNotReady("InvalidSpec");
  }

  @Test
  void keepsWhatItKnewWhenItFails() {
    worker.setStatus(scaling(4, PAST_THE_COOLDOWN));

    var status = TaskWorkerPlanner.failed(worker, Verdict.notReady("ApiServerRefused", "409"), NOW);

    assertThat(status.scaling()).isEqualTo(scaling(4, PAST_THE_COOLDOWN).scaling());
    assertThatConditions(status.conditions()).areNotReady("ApiServerRefused");
  }

  private TaskWorkerPlan plan(WorkerObservations observations) {
    return TaskWorkerPlanner.plan(worker, observations.observed(), NOW);
  }

  private static void assertNothingIsDone(TaskWorkerPlan plan) {
    assertThat(plan.objects()).isEmpty();
    assertThat(plan.changes()).isEmpty();
  }

  private static int replicas(TaskWorkerPlan plan) {
    return one(Deployment.class, plan).getSpec().getReplicas();
  }

  private static <T extends HasMetadata> T one(Class<T> kind, TaskWorkerPlan plan) {
    return plan.objects().stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no %s in %s".formatted(kind, plan)));
  }

  private static TaskQueue ready(String spec) {
    return reconciled(queue(spec));
  }

  /// As an older spec of the same TaskWorker made it.
  private Deployment deployment(int replicas) {
    var deployment = one(Deployment.class, plan(usual()));
    deployment.getSpec().setReplicas(replicas);
    deployment.getMetadata().getAnnotations().clear();
    return deployment;
  }

  private static TaskWorkerStatus scaling(int wanted, String lowerSince) {
    return new TaskWorkerStatus(
        1L, null, wanted, wanted, "", new TaskWorkerStatus.Scaling(wanted, "any", lowerSince));
  }
}
