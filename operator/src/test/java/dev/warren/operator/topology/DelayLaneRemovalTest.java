package dev.warren.operator.topology;

import static dev.warren.operator.testing.Snapshots.absent;
import static dev.warren.operator.testing.Snapshots.after;
import static dev.warren.operator.testing.Snapshots.holding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.BrokerVersion;
import dev.warren.operator.broker.ExactNames;
import dev.warren.operator.broker.Permissions;
import dev.warren.operator.broker.Queue;
import dev.warren.operator.broker.QueueFigures;
import dev.warren.operator.broker.VhostSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Delay lanes that retries took under a former plan.
class DelayLaneRemovalTest {
  private static final String STALE = "warren.delay.2000.0";
  private static final SomeSettings FORMER = SomeSettings.of("orders").retry(3, 0);
  private static final SomeSettings NOW = SomeSettings.of("orders").retry(2, 0);

  @Test
  void takesTheWayInFirst() {
    assertThat(removed(vhost(), true, true))
        .containsExactly(
            new BrokerChange.DeleteExchange(STALE),
            new BrokerChange.DeleteEmptyQueue(queue(STALE)));
  }

  @Test
  void leavesAQueueThatHoldsRetriesOrMay() {
    assertThat(removed(holding(vhost(), STALE, 1, 0), true, true))
        .containsExactly(new BrokerChange.DeleteExchange(STALE));
    assertThat(removed(holding(vhost(), STALE, QueueFigures.UNKNOWN), true, true))
        .containsExactly(new BrokerChange.DeleteExchange(STALE));
  }

  @Test
  void waitsForWorkersThatMayRetryByTheFormerPlan() {
    assertThat(removed(vhost(), true, false)).isEmpty();
  }

  @Test
  void waitsWhileSettingsAreUnknown() {
    assertThat(removed(vhost(), false, true)).isEmpty();
  }

  @Test
  void leavesLanesThatAnotherTaskQueueUses() {
    assertThat(removed(vhost(), true, true, SomeSettings.of("other").retry(3, 0))).isEmpty();
  }

  @Test
  void leavesLanesThatPodsOfAFormerPlanMayWriteTo() {
    var rights = new Permissions("", ExactNames.pattern(Stream.of(STALE, "failed")), "");
    var vhost = vhost().with(new BrokerChange.PutPermissions("warren.worker.media.orders", rights));

    assertThat(removed(vhost, true, true)).isEmpty();
  }

  private static Queue queue(String name) {
    return Objects.requireNonNull(vhost().queues().get(name));
  }

  private static VhostSnapshot vhost() {
    return after(
        absent(),
        ((QueueTopology.Choice.Possible) claim(FORMER).topology(absent()))
            .topology()
            .changes(absent(), Optional.empty()));
  }

  private static List<BrokerChange> removed(
      VhostSnapshot vhost, boolean complete, boolean idle, SomeSettings... others) {
    var claims = new ArrayList<Claim>();
    claims.add(claim(NOW));
    for (var other : others) {
      claims.add(claim(other));
    }
    return new VhostPlan(claims, complete, idle, VhostPlan.Ceilings.NONE, false)
        .changes(BrokerVersion.parse("4.0.5"), vhost).stream()
            .filter(change -> !(change instanceof BrokerChange.PutPolicy))
            .toList();
  }

  private static Claim claim(SomeSettings settings) {
    return new Claim(settings.build(), true, true);
  }
}
