package dev.warren.operator.taskqueue;

import static dev.warren.operator.taskqueue.Observations.vhostOf;
import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Resources.deleted;
import static dev.warren.operator.testing.Resources.queue;
import static dev.warren.operator.testing.Resources.reconciled;
import static dev.warren.operator.testing.Snapshots.absent;
import static dev.warren.operator.testing.Snapshots.holding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskQueue;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.Policy;
import dev.warren.operator.testing.ArgoHealth;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What Argo CD shows of the statuses of TaskQueues.
class TaskQueueHealthTest {
  private final TaskQueue queue = queue("{}");

  @Test
  void isHealthyWhenTheQueueIsThere() {
    assertThat(health(Observations.of(absent(), queue)))
        .isEqualTo(new ArgoHealth("Healthy", "queue 'image-resize' is in vhost 'media'"));
  }

  @Test
  void isProgressingWhileItMigrates() {
    var health = health(Observations.of(vhostOf(queue("type: Classic")), queue));

    assertThat(health.status()).isEqualTo("Progressing");
    assertThat(health.message()).startsWith("tasks go to 'image-resize.g2'");
  }

  @Test
  void isHealthyWhileAMigrationWaitsForAnAgreement() {
    var manual = queue("migration: Manual");

    assertThat(health(Observations.of(vhostOf(queue("type: Classic")), manual)).status())
        .isEqualTo("Healthy");
  }

  @Test
  void isSuspendedWhilePaused() {
    assertThat(health(Observations.of(absent(), queue("paused: true"))))
        .isEqualTo(new ArgoHealth("Suspended", "paused by spec.paused"));
  }

  @Test
  void isProgressingUntilAPauseIsTaken() {
    var paused = reconciled(queue("paused: true"));
    paused.getMetadata().setGeneration(2L);

    assertThat(ArgoHealth.of(paused).status()).isEqualTo("Progressing");
  }

  @Test
  void isDegradedWithTheRemedyWhenRefused() {
    assertThat(health(Observations.of(absent(), queue).withBroker(Optional.empty())))
        .isEqualTo(
            new ArgoHealth(
                "Degraded",
                "TaskBroker 'default' does not exist; create it or correct spec.broker"));
  }

  @Test
  void isProgressingWhileTheBrokerIsYetToBeRead() {
    var pending = new BrokerView.Pending("the broker is being read");

    assertThat(health(Observations.of(absent(), queue).withView(pending)))
        .isEqualTo(new ArgoHealth("Progressing", "the broker is being read"));
  }

  @Test
  void isDegradedWhenSomebodyElsesPolicyDecides() {
    var theirs =
        new BrokerChange.PutPolicy(new Policy("theirs", "^image", 99, Map.of("max-length", 3L)));

    var health = health(Observations.of(vhostOf(queue).with(theirs), queue));

    assertThat(health.status()).isEqualTo("Degraded");
    assertThat(health.message()).contains("'theirs'");
  }

  @Test
  void isProgressingWhileItsDeletionWaits() {
    var leaving = deleted(reconciled(queue), NOW);
    var full = holding(vhostOf(queue), "image-resize", 5, 0);
    var observed = Observations.of(full, leaving).observed();
    var wait = (DeletionPlan.Wait) TaskQueueDeletionPlanner.plan(leaving, observed, NOW);

    leaving.setStatus(QueueStatus.deleting(leaving, wait.verdicts(), observed, NOW));

    assertThat(ArgoHealth.of(leaving).status()).isEqualTo("Progressing");
    assertThat(ArgoHealth.of(leaving).message()).contains("deletion waits");
  }

  private static ArgoHealth health(Observations observations) {
    observations.queue().setStatus(observations.plan().status());
    return ArgoHealth.of(observations.queue());
  }
}
