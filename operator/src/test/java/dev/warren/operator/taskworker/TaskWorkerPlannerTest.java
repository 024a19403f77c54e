package dev.warren.operator.taskworker;

import static dev.warren.operator.taskworker.WorkerObservations.PLANNER;
import static dev.warren.operator.taskworker.WorkerObservations.usual;
import static dev.warren.operator.testing.ConditionsAssert.assertThatConditions;
import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Resources.annotated;
import static dev.warren.operator.testing.Resources.bareWorker;
import static dev.warren.operator.testing.Resources.broker;
import static dev.warren.operator.testing.Resources.condition;
import static dev.warren.operator.testing.Resources.conditions;
import static dev.warren.operator.testing.Resources.deleted;
import static dev.warren.operator.testing.Resources.queue;
import static dev.warren.operator.testing.Resources.reconciled;
import static dev.warren.operator.testing.Resources.worker;
import static dev.warren.operator.testing.Snapshots.absent;
import static dev.warren.operator.testing.Snapshots.holding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskWorker;
import dev.warren.crds.TaskWorkerStatus;
import dev.warren.model.WorkerConfiguration;
import dev.warren.operator.broker.Binding;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.Holdings;
import dev.warren.operator.broker.Permissions;
import dev.warren.operator.broker.Queue;
import dev.warren.operator.broker.QueueFigures;
import dev.warren.operator.broker.VhostSnapshot;
import dev.warren.operator.resource.Credentials;
import dev.warren.operator.resource.SecretEntries;
import dev.warren.operator.resource.Verdict;
import dev.warren.operator.scaling.Share;
import dev.warren.operator.taskqueue.BrokerView;
import dev.warren.operator.taskworker.Occupancy.Mark;
import dev.warren.operator.testing.Snapshots;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class TaskWorkerPlannerTest {
  private final TaskWorker worker = worker("autoscaling: {targetBacklog: 10}");

  @Test
  void writesWhatPodsMountBeforeThePods() {
    assertThat(plan(usual()).objects())
        .extracting(HasMetadata::getKind, object -> object.getMetadata().getName())
        .containsExactly(
            tuple("Secret", "resizer-worker-binding"),
            tuple("ConfigMap", "resizer-worker"),
            tuple("Deployment", "resizer"),
            tuple("PodDisruptionBudget", "resizer-worker"));
  }

  @Test
  void letsADrainTakeAQuarterOfTheFleetAtATime() {
    var budget = one(PodDisruptionBudget.class, plan(usual())).getSpec();

    assertThat(budget.getMaxUnavailable().getStrVal()).isEqualTo("25%");
    assertThat(budget.getSelector())
        .isEqualTo(one(Deployment.class, plan(usual())).getSpec().getSelector());
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
                    "",
                    "^(warren\\.delay\\.1000\\.0|warren\\.return|warren\\.dead-letter)$",
                    "^(image-resize)$")));
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
    var done = after(plan);
    worker.setStatus(plan.status());

    var later = NOW.plus(Duration.ofHours(1));
    var again = PLANNER.plan(worker, done.readAt(later).observed(), later);

    assertThat(again.objects()).isEmpty();
    assertThat(again.changes()).isEmpty();
    assertThat(again.status()).isEqualTo(plan.status());
  }

  @Test
  void givesACustomImageNoConfiguration() {
    var custom = bareWorker("handler: {custom: {}}");

    assertThat(usual().plan(custom).objects())
        .extracting(HasMetadata::getKind)
        .containsExactly("Secret", "Deployment", "PodDisruptionBudget");
  }

  @Test
  void scalesFromZeroForTheFirstTask() {
    var plan = plan(usual().withBacklog(1, 0));

    assertThat(replicas(plan)).isEqualTo(1);
    assertThat(plan.status().scaling())
        .isEqualTo(
            new TaskWorkerStatus.Scaling(
                1,
                "1: 1 tasks wait or run, 10 for each worker",
                "SIZED",
                new TaskWorkerStatus.Inputs(1L, 0L, "0.000", null, 0, 0)));
    assertThatConditions(plan.status().conditions())
        .areNotReady("Starting")
        .say("Progressing", "True", "Starting");
  }

  @Test
  void keepsItsPodsUntilTheCooldownIsOver() {
    var plan = plan(usual().withDeployment(deployment(4)));

    assertThat(replicas(plan)).isEqualTo(4);
    assertThat(plan.again()).contains(Duration.ofSeconds(2));
  }

  @Test
  void scalesToZeroAfterTheCooldown() {
    var idle = usual().withDeployment(deployment(4));
    var plan = plan(idle);

    for (int seconds = 30; seconds <= 60; seconds += 30) {
      var time = NOW.plusSeconds(seconds);
      plan = PLANNER.plan(worker, idle.withMemory(plan.memory()).readAt(time).observed(), time);
    }

    assertThat(replicas(plan)).isZero();
    assertThatConditions(plan.status().conditions()).areReady("ScaledToZero");
  }

  @Test
  void readsNoRestIntoABrokerThatIsNotReadAnyMore() {
    var idle = usual().withDeployment(deployment(4));
    var plan = plan(idle);

    for (int seconds = 2; seconds <= 120; seconds += 2) {
      plan =
          PLANNER.plan(worker, idle.withMemory(plan.memory()).observed(), NOW.plusSeconds(seconds));
    }

    assertThat(replicas(plan)).isEqualTo(4);
    assertThat(plan.status().scaling())
        .extracting(TaskWorkerStatus.Scaling::cause)
        .isEqualTo("STALE");
  }

  @Test
  void addsNoPodsWhileNoneStarts() {
    var plan =
        plan(usual().withBacklog(500, 0).withDeployment(deployment(1)).withPods(Pods.crashing()));

    assertThat(replicas(plan)).isEqualTo(1);
    assertThat(plan.status().scaling())
        .extracting(TaskWorkerStatus.Scaling::cause)
        .isEqualTo("NOT_STARTING");
  }

  @Test
  void keepsTheReasonWhenItStartsAnew() {
    var before = plan(usual().withBacklog(15, 0)).status();
    worker.setStatus(before);

    var after =
        plan(usual()
                .withBacklog(14, 5)
                .withDeployment(deployment(2))
                .withMemory(Memories.restored(worker)))
            .status();

    assertThat(after.scaling()).isEqualTo(before.scaling());
  }

  @Test
  void holdsTheSizeWhileFiguresAreUnknown() {
    worker.setStatus(scaling(4));
    var blind = usual().withView(WorkerObservations.visible(absent()));

    var plan = plan(blind.withDeployment(deployment(4)));

    assertThat(replicas(plan)).isEqualTo(4);
  }

  @Test
  void marksIdlePodsBeforeItWritesASmallerSize() {
    var smaller = worker("replicas: 1");
    smaller.setStatus(scaling(2));
    var fleet = usual().withDeployment(deployment(2)).withPods(Pods.ready(), Pods.ready());

    var marking = fleet.withHoldings(new Holdings(Map.of("resize-0", 0L), Map.of())).plan(smaller);

    assertNothingIsDone(marking);
    assertThat(marking.marks()).extracting(Mark::since).containsOnly(Optional.of(NOW));
    assertThat(marking.status()).isSameAs(smaller.getStatus());
    assertThat(marking.again()).hasValue(Duration.ofSeconds(1));
  }

  @Test
  void scalesByItsShareOfTheQueue() {
    var plan = plan(usual().withBacklog(60, 0).withShare(new Share(0.5, 1, 2)));

    assertThat(replicas(plan)).isEqualTo(3);
    assertThat(Objects.requireNonNull(plan.status().scaling()).reason())
        .isEqualTo(
            "3: 30 tasks wait or run, 10 for each worker, 50 % of a queue that 2 TaskWorkers share");
  }

  @Test
  void asksWhoHoldsTasksThatMayBeOfSomebodyElse() {
    var fleet = usual().withDeployment(deployment(1)).withPods(Pods.ready());

    assertThat(asks(fleet.withBacklog(0, 5))).isTrue();
    assertThat(asks(fleet.withBacklog(0, 0))).isFalse();
    assertThat(asks(fleet.withBacklog(10_000, 5))).isFalse();
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
  void consumesEveryGenerationWhileTheQueueMigrates() {
    var migrating = usual().withQueue(Optional.of(ready("{}"))).withView(generations(false));

    assertThat(sources(plan(migrating))).containsExactly("image-resize.g2", "image-resize");
    assertThat(read(plan(migrating))).isEqualTo("^(image-resize\\.g2|image-resize)$");
  }

  @Test
  void consumesTheOldestGenerationFirstWhereTasksStartInTheirOrder() {
    var ordered = Optional.of(ready("singleActiveConsumer: true"));
    var middle = usual().withQueue(ordered).withView(generations(true));
    var end = usual().withQueue(ordered).withView(lastGeneration());

    assertThat(sources(plan(middle))).containsExactly("image-resize");
    assertThat(sources(plan(end))).containsExactly("image-resize.g2");
  }

  @Test
  void scalesByTheTasksOfAllGenerations() {
    var vhost = holding(twoGenerations(false), "image-resize", 15, 0);
    var more = holding(vhost, "image-resize.g2", 20, 0);

    assertThat(replicas(plan(usual().withView(WorkerObservations.visible(more))))).isEqualTo(4);
  }

  @Test
  void holdsTheSizeWhileTheFiguresOfOneGenerationAreUnknown() {
    worker.setStatus(scaling(4));
    var vhost = holding(twoGenerations(false), "image-resize.g2", QueueFigures.UNKNOWN);

    var plan =
        plan(usual().withView(WorkerObservations.visible(vhost)).withDeployment(deployment(4)));

    assertThat(replicas(plan)).isEqualTo(4);
  }

  @Test
  void scalesByTheTasksOfAllShards() {
    var vhost = holding(holding(absent(), "image-resize.0", 15, 0), "image-resize.1", 15, 0);

    var plan =
        plan(
            usual()
                .withQueue(Optional.of(ready("shards: 2")))
                .withView(WorkerObservations.visible(vhost)));

    assertThat(replicas(plan)).isEqualTo(3);
    assertThat(sources(plan)).containsExactly("image-resize.0", "image-resize.1");
  }

  @Test
  void rotatesItsCredentialsAndItsPodsOnRequest() {
    var before = plan(usual());
    annotated(worker, "warren.dev/rotate-credentials", "monday");

    var plan = plan(after(before));

    assertThat(plan.changes())
        .contains(
            new BrokerChange.PutUser("warren.worker.media.resizer~", WorkerObservations.PASSWORD))
        .noneMatch(BrokerChange.DeleteUser.class::isInstance);
    assertThat(SecretEntries.of(one(Secret.class, plan)))
        .containsEntry("username", "warren.worker.media.resizer~");
    assertThat(one(Deployment.class, plan).getSpec().getTemplate().getMetadata().getAnnotations())
        .containsEntry("warren.dev/rotation", "monday");
    assertThat(plan.again()).contains(WorkerObservations.OVERLAP);
  }

  @Test
  void deletesTheFormerUserAfterTheOverlap() {
    annotated(worker, "warren.dev/rotate-credentials", "monday");
    var first = new Credentials("warren.worker.media.resizer", "p", "", Optional.empty());
    var held =
        new Credentials(
            "warren.worker.media.resizer~",
            "q",
            "monday",
            Optional.of(
                new Credentials.Former(first.user(), NOW.minus(WorkerObservations.OVERLAP))));
    var vhost =
        holding(absent(), "image-resize", 0, 0)
            .with(new BrokerChange.PutUser(first.user(), first.password()))
            .with(new BrokerChange.PutUser(held.user(), held.password()));

    var plan =
        plan(
            usual().withView(WorkerObservations.visible(vhost)).withObjects(List.of(secret(held))));

    assertThat(plan.changes()).contains(new BrokerChange.DeleteUser(first.user()));
    assertThat(one(Secret.class, plan).getMetadata().getAnnotations())
        .containsOnlyKeys("warren.dev/rotation");
  }

  @Test
  void isHeldAboveTheCeilingOfItsTaskBroker() {
    var above = worker("replicas: 5");

    var plan =
        usual()
            .withBroker(broker("ceilings: {workers: 4}"))
            .withDeployment(deployment(2))
            .plan(above);

    assertNothingIsDone(plan);
    assertThatConditions(plan.status().conditions())
        .areNotReady("InvalidSpec")
        .withMessage(
            "spec.replicas is 5, above spec.ceilings.workers 4 of TaskBroker 'default'; lower it, or ask for a higher"
                + " ceiling");
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
        .say("Ready", "Unknown", "QueueNotReady")
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
    worker.setStatus(scaling(4));

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
        .isEqualTo(new TaskWorkerStatus.Scaling(4, "holding: it is away", "TROUBLE", null));
  }

  @Test
  void keepsTheStatusUntilTheBrokerWasLookedAt() {
    worker.setStatus(scaling(4));

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

    var plan = usual().withDeployment(deployment(4)).plan(invalid);

    assertNothingIsDone(plan);
    assertThatConditions(plan.status().conditions()).areNotReady("InvalidSpec");
  }

  @Test
  void keepsWhatItKnewWhenItFails() {
    worker.setStatus(scaling(4));

    var status = WorkerStatus.failed(worker, Verdict.notReady("ApiServerRefused", "409"), NOW);

    assertThat(status.scaling()).isEqualTo(scaling(4).scaling());
    assertThatConditions(status.conditions()).areNotReady("ApiServerRefused");
  }

  /// What was done by a plan before.
  private static WorkerObservations after(TaskWorkerPlan done) {
    return usual()
        .withView(
            WorkerObservations.visible(
                Snapshots.after(holding(absent(), "image-resize", 0, 0), done.changes())))
        .withObjects(done.objects());
  }

  private static Secret secret(Credentials credentials) {
    return new SecretBuilder()
        .withNewMetadata()
        .withAnnotations(credentials.annotations())
        .endMetadata()
        .withData(
            SecretEntries.encode(
                Map.of("username", credentials.user(), "password", credentials.password())))
        .build();
  }

  /// A queue that was classic, and the next generation beside it, both with nothing in them.
  ///
  /// @param ordered whether the next one has a single active consumer
  private static VhostSnapshot twoGenerations(boolean ordered) {
    return absent()
        .with(new BrokerChange.DeclareQueue(queueOf("image-resize", "classic", false)))
        .with(new BrokerChange.DeclareQueue(queueOf("image-resize.g2", "quorum", ordered)))
        .with(new BrokerChange.Bind(new Binding("tasks", "image-resize.g2", "image-resize")));
  }

  private static BrokerView generations(boolean ordered) {
    return WorkerObservations.visible(twoGenerations(ordered));
  }

  private static BrokerView lastGeneration() {
    return WorkerObservations.visible(
        twoGenerations(true).with(new BrokerChange.DeleteQueue("image-resize")));
  }

  private static Queue queueOf(String name, String type, boolean ordered) {
    var arguments = new HashMap<String, Object>();
    arguments.put("x-queue-type", type);
    arguments.put("x-warren-task-queue", "media/image-resize");
    arguments.put("x-dead-letter-exchange", "warren.dead-letter");
    arguments.put("x-dead-letter-routing-key", "image-resize");
    if (ordered) {
      arguments.put("x-single-active-consumer", true);
    }
    return new Queue(name, arguments);
  }

  private static List<String> sources(TaskWorkerPlan plan) {
    var properties = new Properties();
    try {
      properties.load(
          new StringReader(one(ConfigMap.class, plan).getData().get("worker.properties")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var settings = new HashMap<String, String>();
    properties.stringPropertyNames().forEach(it -> settings.put(it, properties.getProperty(it)));
    return WorkerConfiguration.parse(settings).sources();
  }

  private static String read(TaskWorkerPlan plan) {
    return plan.changes().stream()
        .filter(BrokerChange.PutPermissions.class::isInstance)
        .map(change -> ((BrokerChange.PutPermissions) change).permissions().read())
        .findFirst()
        .orElseThrow();
  }

  private TaskWorkerPlan plan(WorkerObservations observations) {
    return observations.plan(worker);
  }

  private static void assertNothingIsDone(TaskWorkerPlan plan) {
    assertThat(plan.objects()).isEmpty();
    assertThat(plan.changes()).isEmpty();
  }

  private boolean asks(WorkerObservations observations) {
    return WorkerObservations.PLANNER
        .queueToAskAbout(worker, observations.observed(), NOW)
        .isPresent();
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

  private static TaskWorkerStatus scaling(int wanted) {
    return new TaskWorkerStatus(
        1L, List.of(), wanted, wanted, "", new TaskWorkerStatus.Scaling(wanted, "any", null, null));
  }
}
