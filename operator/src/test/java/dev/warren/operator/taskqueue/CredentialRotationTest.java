package dev.warren.operator.taskqueue;

import static dev.warren.operator.taskqueue.Observations.OVERLAP;
import static dev.warren.operator.taskqueue.Observations.PLANNER;
import static dev.warren.operator.taskqueue.Observations.vhostOf;
import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Resources.annotated;
import static dev.warren.operator.testing.Resources.queue;
import static dev.warren.operator.testing.Resources.reconciled;
import static dev.warren.operator.testing.Snapshots.absent;
import static dev.warren.operator.testing.Snapshots.after;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskQueue;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.VhostSnapshot;
import dev.warren.operator.resource.SecretEntries;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// New credentials for the producers of a TaskQueue.
class CredentialRotationTest {
  private static final String USER = "warren.publisher.media.image-resize";
  private static final String OTHER = USER + "~";

  private final TaskQueue queue =
      annotated(reconciled(queue("{}")), "warren.dev/rotate-credentials", "monday");
  private final VhostSnapshot before = vhostOf(queue("{}"));
  private final Secret secret =
      Observations.of(absent(), queue("{}")).plan().binding().orElseThrow();

  @Test
  void makesASecondUserAndKeepsTheFirst() {
    var plan = plan(secret, before, NOW);

    assertThat(plan.changes())
        .hasExactlyElementsOfTypes(BrokerChange.PutUser.class, BrokerChange.PutPermissions.class)
        .contains(new BrokerChange.PutUser(OTHER, Observations.PASSWORD));
    assertThat(SecretEntries.of(plan.binding().orElseThrow()))
        .containsEntry("username", OTHER)
        .containsEntry("password", Observations.PASSWORD);
    assertThat(plan.again()).contains(OVERLAP);
  }

  @Test
  void changesNothingMoreDuringTheOverlap() {
    var rotated = plan(secret, before, NOW);
    var after = after(before, rotated.changes());

    var plan = plan(rotated.binding().orElseThrow(), after, NOW.plus(OVERLAP).minusSeconds(1));

    assertThat(plan.changes()).isEmpty();
    assertThat(plan.binding()).isEmpty();
    assertThat(plan.again()).contains(Duration.ofSeconds(1));
  }

  @Test
  void deletesTheFormerUserAfterTheOverlap() {
    var rotated = plan(secret, before, NOW);
    var after = after(before, rotated.changes());

    var plan = plan(rotated.binding().orElseThrow(), after, NOW.plus(OVERLAP));

    assertThat(plan.changes()).containsExactly(new BrokerChange.DeleteUser(USER));
    assertThat(plan.binding().orElseThrow().getMetadata().getAnnotations())
        .containsOnlyKeys("warren.dev/rotation");
    assertThat(plan.again()).isEmpty();
  }

  private TaskQueuePlan plan(Secret held, VhostSnapshot vhost, Instant now) {
    return PLANNER.plan(queue, Observations.of(vhost, queue).withSecret(held).observed(), now);
  }
}
