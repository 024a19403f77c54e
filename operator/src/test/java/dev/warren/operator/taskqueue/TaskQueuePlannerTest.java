package dev.warren.operator.taskqueue;

import static dev.warren.operator.taskqueue.Observations.PLANNER;
import static dev.warren.operator.taskqueue.Observations.settled;
import static dev.warren.operator.taskqueue.Observations.vhostOf;
import static dev.warren.operator.testing.ConditionsAssert.assertThatConditions;
import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Resources.conditions;
import static dev.warren.operator.testing.Resources.queue;
import static dev.warren.operator.testing.Resources.reconciled;
import static dev.warren.operator.testing.Snapshots.absent;
import static dev.warren.operator.testing.Snapshots.after;
import static dev.warren.operator.testing.Snapshots.holding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskQueueStatus;
import dev.warren.operator.broker.Binding;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.Permissions;
import dev.warren.operator.broker.Policy;
import dev.warren.operator.broker.QueueFigures;
import dev.warren.operator.broker.VhostSnapshot;
import dev.warren.operator.resource.SecretEntries;
import dev.warren.operator.resource.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskQueuePlannerTest {
  private static final String LANE = "warren.delay.1000.0";

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
            BrokerChange.DeclareQueue.class,
            BrokerChange.Bind.class,
            BrokerChange.PutUser.class,
            BrokerChange.PutPermissions.class);
    assertThat(plan.policies()).isTrue();
  }

  @Test
  void leavesPoliciesAloneThatGiveTheQueueWhatItShouldHave() {
    assertThat(plan(queue, settled(absent(), queue)).policies()).isFalse();
    assertThat(plan(queue("maxLength: 7"), vhostOf(queue)).policies()).isTrue();
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
    var secret = plan(queue, absent()).binding().orElseThrow();

    assertThat(Observations.of(absent(), queue).withSecret(secret).plan().binding()).isEmpty();
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
                List.of("image-resize"),
                "image-resize.dlq",
                "media",
                "tasks",
                7L,
                3L,
                2L,
                0,
                List.of("1s"),
                null,
                new TaskQueueStatus.Binding("image-resize-queue-binding")));
  }

  @Test
  void reportsFiguresThatAreUnknownAsMissing() {
    var unknown = holding(vhostOf(queue), "image-resize", QueueFigures.UNKNOWN);

    var status = plan(queue, holding(unknown, "image-resize.dlq", QueueFigures.UNKNOWN)).status();

    assertThat(status.ready()).isNull();
    assertThat(status.unacknowledged()).isNull();
    assertThat(status.deadLettered()).isNull();
  }

  @Test
  void repeatsTheStatusWhileNothingChanges() {
    queue.setStatus(plan(queue, vhostOf(queue)).status());

    var later =
        PLANNER.plan(
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
  void leavesDelayLanesToThoseWhoSeeToTheWholeVhost() {
    var slower = queue("retry: {maxAttempts: 2, initialDelay: 2s, jitter: 0}");

    assertThat(changes(slower, vhostOf(queue)))
        .noneMatch(BrokerChange.DeleteExchange.class::isInstance)
        .noneMatch(BrokerChange.DeleteEmptyQueue.class::isInstance);
  }

  @Test
  void saysWhichPolicyOfSomebodyElseWins() {
    var policy = new Policy("mine", "^image", 99, Map.of("max-length", 3L));

    var status = plan(queue, vhostOf(queue).with(new BrokerChange.PutPolicy(policy))).status();

    assertThatConditions(status.conditions())
        .areReady("Reconciled")
        .say("Degraded", "True", "PolicyOverridden");
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
    reconciled(queue);

    var plan =
        Observations.of(absent(), queue)
            .withView(new BrokerView.Pending("not looked at yet"))
            .plan();

    assertThat(plan.changes()).isEmpty();
    assertThat(plan.status()).isSameAs(queue.getStatus());
  }

  @Test
  void forgetsFiguresWhenItFails() {
    var status =
        QueueStatus.failed(
            reconciled(queue), List.of(Verdict.notReady("BrokerUnreachable", "away")), NOW);

    assertThat(status.ready()).isNull();
    assertThat(status.queueName()).isEqualTo("image-resize");
    assertThatConditions(status.conditions()).areNotReady("BrokerUnreachable");
  }

  @Test
  void reportsFiguresWhileItIsBeingDeleted() {
    var vhost = holding(vhostOf(queue), "image-resize", 5, 1);
    conditions(reconciled(queue));

    var status =
        QueueStatus.deleting(
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
    return Observations.of(vhost, queue).plan();
  }
}
