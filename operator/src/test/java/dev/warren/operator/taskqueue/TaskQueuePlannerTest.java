package dev.warren.operator.taskqueue;

import static dev.warren.operator.taskqueue.Observations.vhostOf;
import static dev.warren.operator.testing.ConditionsAssert.assertThatConditions;
import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Resources.conditions;
import static dev.warren.operator.testing.Resources.queue;
import static dev.warren.operator.testing.Resources.reconciled;
import static dev.warren.operator.testing.Snapshots.absent;
import static dev.warren.operator.testing.Snapshots.after;
import static dev.warren.operator.testing.Snapshots.empty;
import static dev.warren.operator.testing.Snapshots.figures;
import static dev.warren.operator.testing.Snapshots.holding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskQueueStatus;
import dev.warren.operator.broker.Binding;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.Permissions;
import dev.warren.operator.broker.QueueFigures;
import dev.warren.operator.broker.VhostSnapshot;
import dev.warren.operator.resource.SecretEntries;
import dev.warren.operator.resource.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TaskQueuePlannerTest {
  private static final String LANE = "warren.delay.1000.0.quorum";

  private final TaskQueue queue = queue("retry: {maxAttempts: 2, jitter: 0}");

  @Test
  void makesEverythingInAnOrderInWhichNothingIsLost() {
    var plan = plan(queue, absent());

    assertThat(plan.broker()).isEqualTo("default");
    assertThat(plan.vhost()).isEqualTo("media");
    assertThat(plan.changes().stream().<Class<?>>map(Object::getClass).distinct())
        .containsExactly(
            BrokerChange.CreateVhost.class,
            BrokerChange.DeclareExchange.class,
            BrokerChange.PutPolicy.class,
            BrokerChange.DeclareQueue.class,
            BrokerChange.Bind.class,
            BrokerChange.PutUser.class,
            BrokerChange.PutPermissions.class);
  }

  @Test
  void bindsToProducersLast() {
    assertThat(plan(queue, absent()).changes())
        .filteredOn(BrokerChange.Bind.class::isInstance)
        .last()
        .isEqualTo(new BrokerChange.Bind(new Binding("tasks", "image-resize", "image-resize")));
  }

  @Test
  void letsThePublisherPublishToTheExchangeAndNothingElse() {
    assertThat(plan(queue("exchange: {name: media.events}"), absent()).changes())
        .contains(
            new BrokerChange.PutUser("warren.publisher.media.image-resize", Observations.PASSWORD),
            new BrokerChange.PutPermissions(
                "warren.publisher.media.image-resize",
                new Permissions("", "^media\\.events$", "")));
  }

  @Test
  void writesTheSecretForProducers() {
    var secret = plan(queue, absent()).binding().orElseThrow();

    assertThat(secret.getMetadata().getName()).isEqualTo("image-resize-queue-binding");
    assertThat(secret.getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(owner -> assertThat(owner.getKind()).isEqualTo("TaskQueue"));
    assertThat(SecretEntries.of(secret))
        .containsAllEntriesOf(
            Map.of(
                "host", "rabbit.example",
                "port", "5672",
                "vhost", "media",
                "username", "warren.publisher.media.image-resize",
                "password", Observations.PASSWORD,
                "exchange", "tasks",
                "routing-key", "image-resize"));
  }

  @Test
  void leavesASecretAloneThatSaysTheSame() {
    var entries = SecretEntries.of(plan(queue, absent()).binding().orElseThrow());
    var observed = Observations.of(absent(), queue).withSecret(entries);

    assertThat(TaskQueuePlanner.plan(queue, observed.observed(), NOW).binding()).isEmpty();
  }

  @Test
  void reportsWhatItDidAndWhatTheQueueHolds() {
    var vhost = holding(vhostOf(queue), "image-resize", 7, 3);

    var status = plan(queue, holding(vhost, "image-resize.dlq", 2, 0)).status();

    assertThatConditions(status.conditions())
        .areReady("Reconciled")
        .withMessage("queue 'image-resize' is in vhost 'media'");
    assertThat(status)
        .usingRecursiveComparison()
        .ignoringFields("conditions")
        .isEqualTo(
            new TaskQueueStatus(
                1L,
                null,
                "image-resize",
                "media",
                "tasks",
                7L,
                3L,
                2L,
                0,
                List.of("1s"),
                new TaskQueueStatus.Binding("image-resize-queue-binding")));
  }

  @Test
  void reportsFiguresThatAreUnknownAsMissing() {
    var status = plan(queue, vhostOf(queue)).status();

    assertThat(status.ready()).isNull();
    assertThat(status.unacknowledged()).isNull();
    assertThat(status.deadLettered()).isNull();
  }

  @Test
  void repeatsTheStatusWhileNothingChanges() {
    queue.setStatus(plan(queue, vhostOf(queue)).status());

    var later =
        TaskQueuePlanner.plan(
            queue,
            Observations.of(vhostOf(queue), queue).observed(),
            NOW.plus(Duration.ofHours(1)));

    assertThat(later.status()).isEqualTo(queue.getStatus());
  }

  @Test
  void repairsWhatSomebodyDeleted() {
    var damaged =
        vhostOf(queue)
            .with(new BrokerChange.DeleteQueue(LANE))
            .with(new BrokerChange.DeleteExchange("warren.dead-letter"));

    assertThat(after(damaged, changes(queue, damaged))).isEqualTo(vhostOf(queue));
  }

  @Test
  void takesBackRoutingKeysThatTheSpecNamesNoMore() {
    var before = vhostOf(queue("routingKeys: [a, b]"));

    assertThat(changes(queue("routingKeys: [b]"), before))
        .contains(new BrokerChange.Unbind(new Binding("tasks", "image-resize", "a")));
  }

  @Test
  void leavesTheExchangeThatTheSpecNamedBefore() {
    var moved = queue("exchange: {name: other}");
    reconciled(moved);

    assertThat(changes(moved, vhostOf(queue("{}"))))
        .contains(new BrokerChange.Unbind(new Binding("tasks", "image-resize", "image-resize")));
  }

  @Test
  void leavesBindingsToExchangesOfOthersAlone() {
    var others = new BrokerChange.Bind(new Binding("amq.topic", "image-resize", "#"));

    assertThat(changes(queue, vhostOf(queue).with(others))).isEmpty();
  }

  @Test
  void closesADelayLaneThatNoPlanUsesAndDeletesItOnceItIsEmpty() {
    var slower = queue("retry: {maxAttempts: 2, initialDelay: 2s, jitter: 0}");
    var before = vhostOf(queue);

    assertThat(changes(slower, holding(before, LANE, 1, 0)))
        .contains(new BrokerChange.DeleteExchange(LANE))
        .noneMatch(BrokerChange.DeleteEmptyQueue.class::isInstance);
    assertThat(changes(slower, empty(before)))
        .containsSubsequence(
            new BrokerChange.DeleteExchange(LANE),
            new BrokerChange.DeleteEmptyQueue(Objects.requireNonNull(before.queues().get(LANE))));
  }

  @Test
  void keepsADelayLaneWhoseTasksTheFullTaskQueueHasNotTaken() {
    var slower = queue("retry: {maxAttempts: 2, initialDelay: 2s, jitter: 0}");
    var none = figures(0, 0);
    var stuck = new QueueFigures(none.ready(), none.unacknowledged(), figures(3, 0).total());

    assertThat(changes(slower, holding(vhostOf(queue), LANE, stuck)))
        .noneMatch(BrokerChange.DeleteEmptyQueue.class::isInstance);
  }

  @Test
  void keepsTheDelayLanesOfItsNeighbours() {
    var slower = queue("retry: {maxAttempts: 2, initialDelay: 2s, jitter: 0}");
    var neighbour = queue("media", "neighbour", "retry: {maxAttempts: 2, jitter: 0}");
    var observed = Observations.of(empty(vhostOf(queue)), slower, neighbour);

    assertThat(TaskQueuePlanner.plan(slower, observed.observed(), NOW).changes())
        .noneMatch(BrokerChange.DeleteExchange.class::isInstance)
        .noneMatch(BrokerChange.DeleteEmptyQueue.class::isInstance);
  }

  @Test
  void keepsAllDelayLanesWhileANeighboursPlanIsUnknown() {
    var slower = queue("retry: {maxAttempts: 2, initialDelay: 2s, jitter: 0}");
    var invalid = queue("media", "neighbour", "retry: {maxDelay: soon}");
    var observed = Observations.of(empty(vhostOf(queue)), slower, invalid);

    assertThat(TaskQueuePlanner.plan(slower, observed.observed(), NOW).changes())
        .noneMatch(BrokerChange.DeleteExchange.class::isInstance)
        .noneMatch(BrokerChange.DeleteEmptyQueue.class::isInstance);
  }

  @Test
  void doesNothingWhilePaused() {
    var paused = reconciled(queue("paused: true"));

    var plan = plan(paused, absent());

    assertThat(plan.changes()).isEmpty();
    assertThat(plan.binding()).isEmpty();
    assertThatConditions(plan.status().conditions()).areNotReady("Paused");
    assertThat(plan.status().queueName()).isEqualTo("image-resize");
  }

  @Test
  void doesNothingForARefusedOneButSaysSoOfThisGeneration() {
    var invalid = queue("messageTtl: soon");
    invalid.getMetadata().setGeneration(4L);

    var plan = plan(invalid, absent());

    assertThat(plan.changes()).isEmpty();
    assertThat(plan.binding()).isEmpty();
    assertThat(plan.status().observedGeneration()).isEqualTo(4);
    assertThatConditions(plan.status().conditions()).areNotReady("InvalidSpec");
  }

  @Test
  void keepsTheStatusUntilTheBrokerWasLookedAt() {
    var pending =
        Observations.of(absent(), queue).withView(new BrokerView.Pending("not looked at yet"));
    reconciled(queue);

    var plan = TaskQueuePlanner.plan(queue, pending.observed(), NOW);

    assertThat(plan.changes()).isEmpty();
    assertThat(plan.status()).isSameAs(queue.getStatus());
  }

  @Test
  void forgetsFiguresWhenItFails() {
    var status =
        TaskQueuePlanner.failed(
            reconciled(queue), Verdict.notReady("BrokerUnreachable", "away"), NOW);

    assertThat(status.ready()).isNull();
    assertThat(status.queueName()).isEqualTo("image-resize");
    assertThatConditions(status.conditions()).areNotReady("BrokerUnreachable");
  }

  @Test
  void reportsFiguresWhileItIsBeingDeleted() {
    var vhost = holding(vhostOf(queue), "image-resize", 5, 1);
    conditions(reconciled(queue));

    var status =
        TaskQueuePlanner.deleting(
            queue,
            List.of(Verdict.notReady("WaitingUntilEmpty", "consume them")),
            Observations.of(vhost, queue).observed(),
            NOW);

    assertThat(status.ready()).isEqualTo(5);
    assertThat(status.unacknowledged()).isEqualTo(1);
    assertThatConditions(status.conditions()).areNotReady("WaitingUntilEmpty");
  }

  private static List<BrokerChange> changes(TaskQueue queue, VhostSnapshot vhost) {
    return plan(queue, vhost).changes();
  }

  private static TaskQueuePlan plan(TaskQueue queue, VhostSnapshot vhost) {
    return TaskQueuePlanner.plan(queue, Observations.of(vhost, queue).observed(), NOW);
  }
}
