package dev.warren.operator.topology;

import static dev.warren.operator.testing.Snapshots.absent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.BrokerVersion;
import dev.warren.operator.broker.Policy;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyCheckTest {
  private static final BrokerVersion V3_10 = BrokerVersion.parse("3.10.8");
  private static final QueueTopology ORDERS =
      ((QueueTopology.Choice.Possible)
              new Claim(SomeSettings.of("orders").classic().maxLength(7).build(), true, true)
                  .topology(absent()))
          .topology();

  @Test
  void saysWhichPolicyWinsAndWhatItChanges() {
    var theirs = new Policy("theirs", "^orders$", 20, Map.of("max-length", 5L, "expires", 9L));

    assertThat(
            PolicyCheck.overridden(
                ORDERS, V3_10, absent().with(new BrokerChange.PutPolicy(theirs))))
        .containsExactly(
            "policy 'theirs' with priority 20 wins over Warren's for queue 'orders' (expires 9"
                + " instead of unset, max-length 5 instead of 7); lower its priority below 10 or"
                + " narrow its pattern");
  }

  @Test
  void leavesOutWhatLosesOrDecidesNothing() {
    var vhost =
        absent()
            .with(
                new BrokerChange.PutPolicy(
                    new Policy("weak", "^orders$", 9, Map.of("max-length", 5L))))
            .with(
                new BrokerChange.PutPolicy(
                    new Policy(
                        "harmless",
                        "^orders$",
                        20,
                        Map.of("max-length", 7L, "queue-master-locator", "min-masters"))));

    assertThat(PolicyCheck.overridden(ORDERS, V3_10, vhost)).isEmpty();
  }

  @Test
  void namesAnOperatorPolicyThatLimitsAQueue() {
    var theirs = new Policy("platform", "orders", 0, Map.of("max-length", 5L));

    assertThat(
            PolicyCheck.overridden(
                ORDERS, V3_10, absent().with(new BrokerChange.PutOperatorPolicy(theirs))))
        .contains(
            "operator policy 'platform' limits queue 'orders' (max-length 5 instead of 7); narrow"
                + " its pattern, or give the TaskQueue what it allows");
  }

  @Test
  void seesThatAPolicyWasEdited() {
    var edited = new Policy("warren.max-length=7", "^(orders)$", 11, Map.of("max-length", 8L));

    assertThat(
            PolicyCheck.inEffect(ORDERS, V3_10, absent().with(new BrokerChange.PutPolicy(edited))))
        .isFalse();
  }
}
