package dev.warren.operator.taskqueue;

import static dev.warren.operator.taskqueue.Observations.vhostOf;
import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Resources.condition;
import static dev.warren.operator.testing.Resources.conditions;
import static dev.warren.operator.testing.Resources.deleted;
import static dev.warren.operator.testing.Resources.queue;
import static dev.warren.operator.testing.Resources.reconciled;
import static dev.warren.operator.testing.Snapshots.absent;
import static dev.warren.operator.testing.Snapshots.empty;
import static dev.warren.operator.testing.Snapshots.holding;
import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskQueueDeletionPlannerTest {
  private static final BrokerChange DELETE_USER =
      new BrokerChange.DeleteUser("warren.publisher.media.image-resize");
  private static final BrokerChange UNBIND =
      new BrokerChange.Unbind(new Binding("tasks", "image-resize", "image-resize"));
  private static final String LANE = "warren.delay.1000.0.quorum";

  @Test
  void touchesNothingThatTheTaskQueueNeverOwned() {
    var refused = deleted(queue("deletionPolicy: Delete"), NOW);

    assertThat(plan(refused, vhostOf(queue("{}"))))
        .isEqualTo(new DeletionPlan.Finish("", "", List.of()));
  }

  @Test
  void leavesTheQueueWhereItIsToBeRetained() {
    assertThat(plan(leaving("deletionPolicy: Retain"), vhostOf(queue("{}"))))
        .isEqualTo(finish(DELETE_USER));
  }

  @Test
  void deletesWhatIsInTheQueueIfToldSo() {
    var full = holding(vhostOf(queue("{}")), "image-resize", 5, 5);

    assertThat(plan(leaving("deletionPolicy: Delete"), full))
        .isEqualTo(
            finish(
                new BrokerChange.DeleteQueue("image-resize"),
                new BrokerChange.DeleteQueue("image-resize.dlq"),
                DELETE_USER));
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
    var since = NOW.minus(TaskQueueDeletionPlanner.SETTLING).plusSeconds(1);

    assertThat(plan(emptySince(since), closed())).isEqualTo(draining());
  }

  @Test
  void deletesTheQueuesOnceTheyCanBeBelievedToBeEmpty() {
    var since = NOW.minus(TaskQueueDeletionPlanner.SETTLING);

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
    var since = NOW.minus(TaskQueueDeletionPlanner.SETTLING).minus(longestLane);

    assertThat(plan(emptySince(since.plusMillis(1)), retrying)).isEqualTo(draining());
    assertThat(plan(emptySince(since), retrying)).isNotEqualTo(draining());
  }

  @Test
  void finishesOnceTheQueuesAreGone() {
    var gone =
        closed()
            .with(new BrokerChange.DeleteQueue("image-resize"))
            .with(new BrokerChange.DeleteQueue("image-resize.dlq"));

    assertThat(plan(leaving("{}"), gone)).isEqualTo(finish(DELETE_USER));
  }

  @Test
  void finishesWhenTheVhostIsGone() {
    assertThat(plan(leaving("{}"), absent())).isEqualTo(finish(DELETE_USER));
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
                "queue 'image-resize' stays in RabbitMQ, because it could not be reached for deletion: it is away"));
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
                List.of(DELETE_USER),
                "queue 'image-resize' stays in vhost 'media' with the messages it holds, because its namespace is"
                    + " being deleted"));
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
        List.of(
            Verdict.notReady(reason, message),
            new Verdict(Verdict.PROGRESSING, empty, reason, message)));
  }
}
