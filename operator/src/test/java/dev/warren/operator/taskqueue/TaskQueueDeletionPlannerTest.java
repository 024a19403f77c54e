package dev.warren.operator.taskqueue;

import static dev.warren.operator.taskqueue.Observations.vhostOf;
import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Resources.annotated;
import static dev.warren.operator.testing.Resources.condition;
import static dev.warren.operator.testing.Resources.conditions;
import static dev.warren.operator.testing.Resources.created;
import static dev.warren.operator.testing.Resources.deleted;
import static dev.warren.operator.testing.Resources.queue;
import static dev.warren.operator.testing.Resources.reconciled;
import static dev.warren.operator.testing.Snapshots.absent;
import static dev.warren.operator.testing.Snapshots.after;
import static dev.warren.operator.testing.Snapshots.empty;
import static dev.warren.operator.testing.Snapshots.holding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.warren.crds.TaskQueue;
import dev.warren.operator.broker.Binding;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.QueueFigures;
import dev.warren.operator.broker.VhostSnapshot;
import dev.warren.operator.resource.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskQueueDeletionPlannerTest {
  private static final BrokerChange DELETE_USER =
      new BrokerChange.DeleteUser("warren.publisher.media.image-resize");
  private static final BrokerChange DELETE_OTHER_USER =
      new BrokerChange.DeleteUser("warren.publisher.media.image-resize~");
  private static final BrokerChange UNBIND =
      new BrokerChange.Unbind(new Binding("tasks", "image-resize", "image-resize"));
  private static final Set<String> SHARED = Set.of("tasks", "warren.return", "warren.dead-letter");
  private static final String LANE = "warren.delay.1000.0";

  @Test
  void touchesNothingThatTheTaskQueueNeverOwned() {
    var refused = deleted(queue("deletionPolicy: Delete"), NOW);

    assertThat(plan(refused, vhostOf(queue("{}"))))
        .isEqualTo(new DeletionPlan.Finish("", "", List.of()));
  }

  @Test
  void leavesTheQueueWhereItIsToBeRetained() {
    assertThat(plan(leaving("deletionPolicy: Retain"), vhostOf(queue("{}"))))
        .isEqualTo(finish(DELETE_USER, DELETE_OTHER_USER));
  }

  @Test
  void deletesWhatIsInTheQueueIfToldSo() {
    var full = holding(vhostOf(queue("{}")), "image-resize", 5, 5);

    assertThat(plan(leaving("deletionPolicy: Delete"), full))
        .isEqualTo(
            finish(
                new BrokerChange.DeleteQueue("image-resize"),
                new BrokerChange.DeleteQueue("image-resize.dlq"),
                DELETE_USER,
                DELETE_OTHER_USER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"image-resize", "image-resize.dlq"})
  void closesTheWayInAndWaitsWhileMessagesAreLeft(String queue) {
    var vhost = holding(empty(vhostOf(queue("{}"))), queue, 0, 1);

    assertThat(plan(leaving("{}"), vhost))
        .isEqualTo(
            waiting(
                "WaitingUntilEmpty",
                "deletion waits until no message is left in 'image-resize' and 'image-resize.dlq'; consume or purge"
                    + " them, or set spec.deletionPolicy to Delete",
                false,
                UNBIND));
  }

  @Test
  void takesUnknownFiguresForMessages() {
    var vhost = holding(empty(vhostOf(queue("{}"))), "image-resize", QueueFigures.UNKNOWN);

    assertThat(plan(leaving("{}"), vhost))
        .isInstanceOfSatisfying(
            DeletionPlan.Wait.class,
            wait -> assertThat(wait.verdicts().getFirst().reason()).isEqualTo("WaitingUntilEmpty"));
  }

  @Test
  void closesTheWayInOfAnEmptyQueueBeforeItBelievesIt() {
    assertThat(plan(leaving("{}"), empty(vhostOf(queue("{}"))))).isEqualTo(draining(UNBIND));
  }

  @Test
  void waitsUntilAnEmptyQueueCanBeBelieved() {
    var since = NOW.minus(TaskQueuePlanner.SETTLING).plusSeconds(1);

    assertThat(plan(emptySince(since), closed())).isEqualTo(draining());
  }

  @Test
  void deletesTheQueuesOnceTheyCanBeBelievedToBeEmpty() {
    var since = NOW.minus(TaskQueuePlanner.SETTLING);

    assertThat(plan(emptySince(since), closed()))
        .isEqualTo(
            waiting(
                "Deleting",
                "the empty queues are being deleted",
                true,
                deleteEmpty("image-resize"),
                deleteEmpty("image-resize.dlq")));
  }

  @Test
  void waitsForRetriesThatAreOnTheirWay() {
    var retrying = holding(closed(), LANE, 1, 0);
    var longestLane = Duration.ofSeconds(1);
    var since = NOW.minus(TaskQueuePlanner.SETTLING).minus(longestLane);

    assertThat(plan(emptySince(since.plusMillis(1)), retrying)).isEqualTo(draining());
    assertThat(plan(emptySince(since), retrying)).isNotEqualTo(draining());
  }

  @Test
  void finishesOnceTheQueuesAreGone() {
    var gone =
        closed()
            .with(new BrokerChange.DeleteQueue("image-resize"))
            .with(new BrokerChange.DeleteQueue("image-resize.dlq"));

    assertThat(plan(leaving("{}"), gone)).isEqualTo(finish(DELETE_USER, DELETE_OTHER_USER));
  }

  @Test
  void finishesWhenTheVhostIsGone() {
    assertThat(plan(leaving("{}"), absent())).isEqualTo(finish(DELETE_USER, DELETE_OTHER_USER));
  }

  @Test
  void waitsForABrokerThatIsAway() {
    var queue = leaving("{}");
    var almost = NOW.plus(TaskQueueDeletionPlanner.PATIENCE).minusSeconds(1);

    assertThat(TaskQueueDeletionPlanner.plan(queue, away(queue), almost))
        .isEqualTo(
            new DeletionPlan.Wait(
                "", "", List.of(), List.of(Verdict.notReady("BrokerUnreachable", "it is away"))));
  }

  @Test
  void doesNotWaitForeverForABrokerThatIsAway() {
    var queue = leaving("{}");
    var late = NOW.plus(TaskQueueDeletionPlanner.PATIENCE);

    assertThat(TaskQueueDeletionPlanner.plan(queue, away(queue), late))
        .isEqualTo(
            new DeletionPlan.Abandon(
                "",
                "",
                List.of(),
                "queue 'image-resize' stays in RabbitMQ, because it could not be deleted in time: it is away"));
  }

  @Test
  void doesNotKeepANamespaceFromBeingDeleted() {
    var queue = leaving("{}");
    var full = holding(vhostOf(queue("{}")), "image-resize", 1, 0);
    var observed = Observations.of(full, queue).withTerminatingNamespace().observed();
    var late = NOW.plus(TaskQueueDeletionPlanner.NAMESPACE_PATIENCE);

    assertThat(TaskQueueDeletionPlanner.plan(queue, observed, late.minusSeconds(1)))
        .isInstanceOf(DeletionPlan.Wait.class);
    assertThat(TaskQueueDeletionPlanner.plan(queue, observed, late))
        .isEqualTo(
            new DeletionPlan.Abandon(
                "default",
                "media",
                List.of(DELETE_USER, DELETE_OTHER_USER),
                "queue 'image-resize' stays in vhost 'media' with the messages it holds, because its namespace is"
                    + " being deleted"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Delete", "DeleteIfEmpty", "Retain"})
  void leavesTheBrokerAsItIsWhileTheQueueIsOnlyObserved(String policy) {
    var queue = annotated(leaving("deletionPolicy: " + policy), "warren.dev/reconcile", "observe");
    var late = NOW.plus(Duration.ofHours(1));

    assertThat(plan(queue, vhostOf(queue("{}"))))
        .isEqualTo(new DeletionPlan.Finish("", "", List.of()));
    assertThat(TaskQueueDeletionPlanner.plan(queue, away(queue), NOW))
        .isEqualTo(new DeletionPlan.Finish("", "", List.of()));
    assertThat(
            TaskQueueDeletionPlanner.plan(
                queue,
                Observations.of(vhostOf(queue("{}")), queue).withTerminatingNamespace().observed(),
                late))
        .isEqualTo(new DeletionPlan.Finish("", "", List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ceilings: {maxLength: 1, queuesPerNamespace: 1}",
        "namespaceSelector: {matchLabels: {team: web}}"
      })
  void takesAwayWhatWouldNotBeMadeAnyMore(String broker) {
    var queue = leaving("deletionPolicy: Delete\nmaxLength: 2\npriorities: 40");
    var older = created(queue("media", "older", "{}"), NOW.minusSeconds(1));
    var observed = Observations.of(vhostOf(queue("{}")), queue, older).on(broker).observed();

    assertThat(TaskQueueDeletionPlanner.plan(queue, observed, NOW))
        .isInstanceOfSatisfying(
            DeletionPlan.Finish.class,
            finish ->
                assertThat(finish.changes())
                    .contains(new BrokerChange.DeleteQueue("image-resize")));
  }

  @Test
  void touchesNothingThatBelongsToAnother() {
    var queue = leaving("queueName: same\ndeletionPolicy: Delete");
    var owner =
        created(reconciled(queue("media", "owner", "queueName: same")), NOW.minusSeconds(1));
    var observed = Observations.of(vhostOf(owner), queue, owner).observed();

    assertThat(TaskQueueDeletionPlanner.plan(queue, observed, NOW))
        .isEqualTo(
            new DeletionPlan.Abandon(
                "default",
                "media",
                List.of(DELETE_USER, DELETE_OTHER_USER),
                "queue 'same' stays in RabbitMQ: queue 'same' in vhost 'media' belongs to the older TaskQueue 'media/owner'; set another spec.queueName"));
  }

  @Test
  void leavesAloneAtOnceWhatItsSpecDoesNotName() {
    var queue = leaving("retry: {initialDelay: soon}");

    assertThat(plan(queue, vhostOf(queue("{}"))))
        .isInstanceOfSatisfying(
            DeletionPlan.Abandon.class,
            abandon -> {
              assertThat(abandon.why()).startsWith("queue 'image-resize' stays in RabbitMQ: spec.");
              assertThat(abandon.changes()).containsExactly(DELETE_USER, DELETE_OTHER_USER);
            });
  }

  @Test
  void doesNotForgetSinceWhenTheQueueIsEmptyWhenTheOperatorStartsAgain() {
    var queue = emptySince(NOW);
    var observed =
        Observations.of(closed(), queue).withView(new BrokerView.Pending("not yet")).observed();

    assertThat(TaskQueueDeletionPlanner.plan(queue, observed, NOW))
        .isInstanceOfSatisfying(
            DeletionPlan.Wait.class,
            wait ->
                assertThat(wait.verdicts())
                    .extracting(Verdict::type, Verdict::status, Verdict::reason)
                    .contains(tuple(Verdict.PROGRESSING, Verdict.Status.TRUE, "Draining")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type: Classic | {}",
        "{}            | shards: 2",
        "shards: 2     | shards: 3",
        "shards: 3     | {}",
      })
  void leavesNothingBehindInTheMiddleOfAMigration(String before, String now) {
    var queue = reconciled(queue(now));
    var whole = vhostOf(queue(before));
    var steps = Observations.of(whole, queue).plan().changes();
    deleted(queue, NOW);

    for (int made = 0; made <= steps.size(); made++) {
      assertThat(names(left(queue, after(whole, steps.subList(0, made)))))
          .as("after %d steps", made)
          .allMatch(name -> name.startsWith("warren.delay.") || SHARED.contains(name));
    }
  }

  @Test
  void keepsEveryGenerationThatHoldsATask() {
    var queue = reconciled(queue("{}"));
    var before = vhostOf(queue("type: Classic"));
    var middle = after(before, Observations.of(before, queue).plan().changes());
    deleted(queue, NOW);

    var left = left(queue, holding(middle, "image-resize", 1, 0));

    assertThat(left.queues().keySet()).contains("image-resize", "image-resize.g2");
    assertThat(left.bindings().ofQueue("image-resize.g2"))
        .extracting(Binding::exchange)
        .containsExactly("warren.return");
  }

  /// The vhost after an hour of deletion.
  private static VhostSnapshot left(TaskQueue queue, VhostSnapshot from) {
    var vhost = from;
    for (int round = 0; round < 9; round++) {
      var now = NOW.plus(TaskQueuePlanner.SETTLING.multipliedBy(round));
      var observed = Observations.of(vhost, queue).observed();
      switch (TaskQueueDeletionPlanner.plan(queue, observed, now)) {
        case DeletionPlan.Finish finish -> {
          return after(vhost, finish.changes());
        }
        case DeletionPlan.Wait wait -> {
          vhost = after(vhost, wait.changes());
          queue.setStatus(QueueStatus.deleting(queue, wait.verdicts(), observed, now));
        }
        case DeletionPlan.Abandon abandoned -> throw new AssertionError(abandoned);
      }
    }
    return vhost;
  }

  private static List<String> names(VhostSnapshot vhost) {
    return Stream.concat(vhost.queues().keySet().stream(), vhost.exchanges().keySet().stream())
        .toList();
  }

  /// Of one retry, a second later.
  private static TaskQueue leaving(String spec) {
    var retry = spec.equals("{}") ? "retry: {maxAttempts: 2, jitter: 0}" : spec;
    return deleted(reconciled(queue(retry)), NOW);
  }

  private static TaskQueue emptySince(Instant when) {
    return conditions(leaving("{}"), condition("Progressing", "True", "Draining", when));
  }

  /// No message in any queue, and no way in.
  private static VhostSnapshot closed() {
    return empty(vhostOf(leaving("{}"))).with(UNBIND);
  }

  private static BrokerChange deleteEmpty(String queue) {
    return new BrokerChange.DeleteEmptyQueue(Objects.requireNonNull(closed().queues().get(queue)));
  }

  private static ObservedQueue away(TaskQueue queue) {
    return Observations.of(absent(), queue)
        .withView(new BrokerView.Hidden("it is away"))
        .observed();
  }

  private static DeletionPlan plan(TaskQueue queue, VhostSnapshot vhost) {
    return TaskQueueDeletionPlanner.plan(queue, Observations.of(vhost, queue).observed(), NOW);
  }

  private static DeletionPlan finish(BrokerChange... changes) {
    return new DeletionPlan.Finish("default", "media", List.of(changes));
  }

  private static DeletionPlan draining(BrokerChange... changes) {
    return waiting(
        "Draining",
        "deletion waits for retries that may still be on their way to 'image-resize'",
        true,
        changes);
  }

  private static DeletionPlan waiting(
      String reason, String message, boolean empty, BrokerChange... changes) {
    return new DeletionPlan.Wait(
        "default",
        "media",
        List.of(changes),
        List.of(Verdict.notReady(reason, message), Verdict.progressing(empty, reason, message)));
  }
}
