package dev.warren.operator.taskqueue;

import static dev.warren.operator.taskqueue.Observations.vhostOf;
import static dev.warren.operator.testing.ConditionsAssert.assertThatConditions;
import static dev.warren.operator.testing.Resources.annotated;
import static dev.warren.operator.testing.Resources.queue;
import static dev.warren.operator.testing.Resources.reconciled;
import static dev.warren.operator.testing.Snapshots.absent;
import static dev.warren.operator.testing.Snapshots.holding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskQueue;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.VhostSnapshot;
import io.fabric8.kubernetes.api.model.Secret;
import org.junit.jupiter.api.Test;

/// A TaskQueue that is annotated with `warren.dev/reconcile: observe`.
class ObservingTest {
  private final TaskQueue before = queue("{}");
  private final VhostSnapshot vhost = vhostOf(before);
  private final Secret secret = Observations.of(absent(), before).plan().binding().orElseThrow();
  private final TaskQueue queue =
      annotated(reconciled(queue("{}")), "warren.dev/reconcile", "observe");

  @Test
  void saysThatAllIsWell() {
    var plan = plan(vhost);

    assertNothingIsDone(plan);
    assertThatConditions(plan.status().conditions())
        .areReady("Observed")
        .withMessage("all is as it should be; nothing is repaired while it is only observed");
  }

  @Test
  void saysWhatDiffersAndRepairsNothing() {
    var damaged =
        vhost
            .with(new BrokerChange.DeleteQueue("image-resize.dlq"))
            .with(new BrokerChange.DeletePolicy("warren.tasks.quorum"));

    var plan = plan(damaged);

    assertNothingIsDone(plan);
    assertThatConditions(plan.status().conditions())
        .areNotReady("Drift")
        .withMessage(
            "queue 'image-resize.dlq' is missing; the binding of queue 'image-resize.dlq' to exchange"
                + " 'warren.dead-letter' by key 'image-resize' is missing; the policies of queue 'image-resize'"
                + " differ; remove the annotation warren.dev/reconcile to have it repaired");
  }

  @Test
  void reportsWhatTheQueueHolds() {
    assertThat(plan(holding(vhost, "image-resize", 7, 3)).status())
        .satisfies(
            status -> {
              assertThat(status.ready()).isEqualTo(7);
              assertThat(status.unacknowledged()).isEqualTo(3);
              assertThat(status.observedGeneration()).isEqualTo(1);
            });
  }

  @Test
  void ownsNothingThatItNeverMade() {
    var neverMade = annotated(queue("{}"), "warren.dev/reconcile", "observe");

    var plan = Observations.of(absent(), neverMade).plan();

    assertNothingIsDone(plan);
    assertThat(plan.status().queueName()).isNull();
    assertThat(plan.status().binding()).isNull();
    assertThatConditions(plan.status().conditions()).areNotReady("Drift");
  }

  @Test
  void movesToNoOtherGeneration() {
    var changed = annotated(reconciled(queue("type: Classic")), "warren.dev/reconcile", "observe");

    var plan = Observations.of(vhost, changed).withSecret(secret).plan();

    assertNothingIsDone(plan);
    assertThat(plan.status().migration()).isNull();
    assertThatConditions(plan.status().conditions()).areNotReady("Drift");
  }

  @Test
  void isNotGuessedFromAnotherValueOfTheAnnotation() {
    var other = annotated(reconciled(queue("{}")), "warren.dev/reconcile", "Observe");

    var plan = Observations.of(absent(), other).plan();

    assertNothingIsDone(plan);
    assertThatConditions(plan.status().conditions()).areNotReady("InvalidSpec");
  }

  private TaskQueuePlan plan(VhostSnapshot found) {
    return Observations.of(found, queue).withSecret(secret).plan();
  }

  private static void assertNothingIsDone(TaskQueuePlan plan) {
    assertThat(plan.changes()).isEmpty();
    assertThat(plan.policies()).isFalse();
    assertThat(plan.binding()).isEmpty();
    assertThat(plan.repairs()).isEmpty();
  }
}
