package dev.warren.operator.taskqueue;

import static dev.warren.operator.taskqueue.Observations.PLANNER;
import static dev.warren.operator.taskqueue.Observations.vhostOf;
import static dev.warren.operator.testing.ConditionsAssert.assertThatConditions;
import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Resources.annotated;
import static dev.warren.operator.testing.Resources.queue;
import static dev.warren.operator.testing.Resources.reconciled;
import static dev.warren.operator.testing.Snapshots.after;
import static dev.warren.operator.testing.Snapshots.holding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskQueueStatus.Migration;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.QueueFigures;
import dev.warren.operator.broker.VhostSnapshot;
import dev.warren.operator.resource.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A TaskQueue whose spec asks for what its queue cannot change in place.
class MigrationTest {
  private static final Instant SETTLED = NOW.plus(TaskQueuePlanner.SETTLING);

  private final TaskQueue queue = spec("{}");

  /// As the queue was before.
  private final VhostSnapshot classic = vhostOf(queue("type: Classic"));

  @Test
  void leadsTasksToANewGenerationAndKeepsTheOldOne() {
    var plan = plan(classic, NOW);

    assertThat(plan.changes())
        .noneMatch(BrokerChange.DeleteQueue.class::isInstance)
        .noneMatch(BrokerChange.DeleteEmptyQueue.class::isInstance);
    assertThat(after(classic, plan.changes()).queues().keySet())
        .contains("image-resize", "image-resize.g2", "image-resize.dlq", "image-resize.g2.dlq");
    assertThat(plan.again()).contains(Duration.ofSeconds(2));
  }

  @Test
  void showsWhereTasksGoAndHowManyAreLeft() {
    var status = plan(holding(classic, "image-resize", 4, 3), NOW).status();

    assertThat(status.migration())
        .isEqualTo(new Migration(List.of("image-resize"), List.of("image-resize.g2"), 7L, null));
    assertThat(status.queues()).containsExactly("image-resize.g2", "image-resize");
    assertThat(status.deadLetterQueue()).isEqualTo("image-resize.g2.dlq");
    assertThatConditions(status.conditions())
        .areReady("Reconciled")
        .say("Progressing", "True", "Migrating");
    assertThat(progressing(status.conditions()))
        .isEqualTo(
            "tasks go to 'image-resize.g2'; those left in 'image-resize' are finished by the workers before it is"
                + " deleted");
  }

  @Test
  void countsTheTasksOfAllGenerations() {
    var under = holding(migrating(), "image-resize", 4, 3);

    var status = plan(holding(under, "image-resize.g2", 10, 20), NOW).status();

    assertThat(status.ready()).isEqualTo(14);
    assertThat(status.unacknowledged()).isEqualTo(23);
  }

  @Test
  void doesNotKnowHowManyAreLeftWhileTheBrokerDoesNotSay() {
    var migration =
        Objects.requireNonNull(
            plan(holding(migrating(), "image-resize", QueueFigures.UNKNOWN), NOW)
                .status()
                .migration());

    assertThat(migration.remaining()).isNull();
    assertThat(migration.emptySince()).isNull();
  }

  @Test
  void deletesTheOldGenerationOnceItsEmptinessCanBeBelieved() {
    var empty = migrating();
    queue.setStatus(plan(empty, NOW).status());

    assertThat(migration().emptySince()).isEqualTo(NOW.toString());
    assertThat(plan(empty, SETTLED.minusMillis(1)).changes()).isEmpty();
    assertThat(plan(empty, SETTLED).changes())
        .containsExactly(
            new BrokerChange.DeleteEmptyQueue(
                Objects.requireNonNull(empty.queues().get("image-resize"))));
  }

  @Test
  void waitsAnewWhenATaskComesBack() {
    queue.setStatus(plan(migrating(), NOW).status());

    queue.setStatus(plan(holding(migrating(), "image-resize", 1, 0), NOW.plusSeconds(9)).status());
    var again = plan(migrating(), SETTLED);

    assertThat(again.changes()).isEmpty();
    assertThat(again.status().migration())
        .extracting(Migration::emptySince)
        .isEqualTo(SETTLED.toString());
  }

  @Test
  void waitsForEachGenerationFromItsOwnTimeOn() {
    var vhost = migrating();
    queue.setStatus(plan(vhost, NOW).status());

    var gone = after(vhost, plan(vhost, SETTLED).changes());
    var next = plan(gone, SETTLED);

    assertThat(next.status().migration())
        .isEqualTo(
            new Migration(
                List.of("image-resize.dlq"),
                List.of("image-resize.g2.dlq"),
                0L,
                SETTLED.toString()));
    assertThat(next.changes()).noneMatch(BrokerChange.DeleteEmptyQueue.class::isInstance);
  }

  @Test
  void endsWithTheNewGenerationAlone() {
    var vhost = migrating();
    var now = NOW;
    for (int round = 0; round < 6; round++) {
      var plan = plan(vhost, now);
      vhost = after(vhost, plan.changes());
      queue.setStatus(plan.status());
      now = now.plus(TaskQueuePlanner.SETTLING);
    }

    assertThat(queue.getStatus().migration()).isNull();
    assertThat(queue.getStatus().queues()).containsExactly("image-resize.g2");
    assertThat(vhost.queues().keySet())
        .contains("image-resize.g2", "image-resize.g2.dlq")
        .doesNotContain("image-resize", "image-resize.dlq");
    assertThatConditions(queue.getStatus().conditions()).areReady("Reconciled");
    assertThat(Conditions.find(queue.getStatus().conditions(), "Progressing")).isEmpty();
  }

  @Test
  void goesBackToTheFormerGenerationWhenTheFormerSpecIsApplied() {
    var vhost = holding(migrating(), "image-resize.g2", 5, 0);
    queue.setStatus(plan(vhost, NOW).status());
    var back = spec("type: Classic");
    back.setStatus(queue.getStatus());

    var plan = PLANNER.plan(back, Observations.of(vhost, back).observed(), NOW);

    assertThat(plan.status().migration())
        .isEqualTo(new Migration(List.of("image-resize.g2"), List.of("image-resize"), 5L, null));
    assertThat(plan.changes()).noneMatch(BrokerChange.DeclareQueue.class::isInstance);
  }

  @Test
  void waitsForSomebodyToAgreeWhereItIsManual() {
    var manual = spec("migration: Manual");
    manual.getMetadata().setGeneration(7L);

    var plan = Observations.of(classic, manual).plan();

    assertThat(after(classic, plan.changes()).queues().keySet())
        .filteredOn(name -> name.startsWith("image-resize"))
        .containsExactly("image-resize", "image-resize.dlq");
    assertThat(plan.status().migration()).isNull();
    assertThatConditions(plan.status().conditions())
        .areReady("Reconciled")
        .say("Progressing", "False", "MigrationPending");
    assertThat(progressing(plan.status().conditions()))
        .contains("queue 'image-resize' exists with x-queue-type classic, wanted quorum")
        .endsWith(
            "; to move to a new generation of the queue, annotate the TaskQueue with warren.dev/migrate=7");
  }

  @Test
  void beginsOnceSomebodyAgreesToThisVeryChange() {
    var agreed = annotated(spec("migration: Manual"), "warren.dev/migrate", "1");
    var outdated = annotated(spec("migration: Manual"), "warren.dev/migrate", "1");
    outdated.getMetadata().setGeneration(2L);

    assertThat(Observations.of(classic, agreed).plan().status().migration()).isNotNull();
    assertThat(Observations.of(classic, outdated).plan().status().migration()).isNull();
  }

  @Test
  void movesBetweenNumbersOfShards() {
    var sharded = vhostOf(queue("shards: 3"));
    var fewer = spec("shards: 2");

    var plan = Observations.of(sharded, fewer).plan();

    assertThat(plan.status().migration())
        .extracting(Migration::from, Migration::to)
        .containsExactly(
            List.of("image-resize.0", "image-resize.1", "image-resize.2"),
            List.of("image-resize.g2.0", "image-resize.g2.1"));
    assertThat(plan.status().queues()).hasSize(5);
  }

  @Test
  void isNoMigrationToChangeWhatAPolicyHolds() {
    var plan = Observations.of(classic, spec("type: Classic\nmaxLength: 7\nmessageTtl: 1h")).plan();

    assertThat(plan.policies()).isTrue();
    assertThat(plan.status().migration()).isNull();
  }

  /// Of the same TaskQueue.
  private static TaskQueue spec(String spec) {
    return reconciled(queue(spec));
  }

  private VhostSnapshot migrating() {
    return after(classic, plan(classic, NOW).changes());
  }

  private Migration migration() {
    return Objects.requireNonNull(queue.getStatus().migration());
  }

  /// Of a secret that was written before.
  private TaskQueuePlan plan(VhostSnapshot vhost, Instant now) {
    var secret = Observations.of(vhost, queue("{}")).plan().binding().orElseThrow();
    return PLANNER.plan(queue, Observations.of(vhost, queue).withSecret(secret).observed(), now);
  }

  private static String progressing(@Nullable List<Condition> conditions) {
    return Conditions.find(conditions, "Progressing").orElseThrow().getMessage();
  }
}
