package dev.warren.operator.topology;

import static dev.warren.operator.testing.Snapshots.absent;
import static dev.warren.operator.testing.Snapshots.after;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.warren.crds.TaskQueueSpec.Overflow;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.BrokerVersion;
import dev.warren.operator.broker.Policy;
import dev.warren.operator.broker.VhostSnapshot;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DesiredPoliciesTest {
  private static final BrokerVersion V3_10 = BrokerVersion.parse("3.10.8");
  private static final BrokerVersion V4 = BrokerVersion.parse("4.0.5");
  private static final SomeSettings ORDERS = SomeSettings.of("orders");

  @Test
  void areShortForAThousandQueuesWithTheSameValues() {
    var queues =
        IntStream.range(0, 1_000)
            .mapToObj(index -> SomeSettings.of("queue-" + index))
            .toArray(SomeSettings[]::new);

    assertThat(policies(absent(), false, queues))
        .extracting(Policy::name, Policy::pattern)
        .containsExactly(
            tuple("warren.tasks", "^(?!warren\\.|amq\\.)(?!.*\\.dlq$)"),
            tuple("warren.dead-letters", "^(?!warren\\.|amq\\.).*\\.dlq$"));
  }

  @Test
  void listTheFewThatHaveOtherValues() {
    var policies = policies(absent(), false, queue("a"), queue("b"), queue("c.d").maxLength(1));

    assertThat(policies).extracting(Policy::pattern).contains("^(c\\.d)$").hasSize(3);
  }

  @Test
  void areListsWhereNamespacesShareTheVhost() {
    assertThat(policies(absent(), true, queue("a").classic(), queue("b").classic()))
        .containsExactly(
            new Policy(
                "warren.message-ttl=604800000",
                "^(a\\.dlq|b\\.dlq)$",
                11,
                Map.of("message-ttl", 604_800_000L)));
  }

  @Test
  void changeOneQueueWithoutRewritingTheRest() {
    var before = policies(absent(), false, queue("a"), queue("b"), queue("c"));
    var vhost = withPolicies(before);

    var after =
        policies(vhost, false, queue("a"), queue("b").maxLength(1), queue("c").maxLength(1));

    assertThat(after).containsAll(before).hasSize(before.size() + 1);
  }

  @Test
  void neverLeaveAQueueWithoutItsValuesOnTheWayFromAListToTheGeneralPolicy() {
    var week = queue("a").classic().messageTtl(Duration.ofDays(7));
    var before = policies(absent(), false, week, keeping("b", 1), keeping("c", 1));
    var vhost = withPolicies(before);
    var deadLetters = topology(week, absent()).deadLetters().target().queues().getFirst();

    for (var policy : policies(vhost, false, week, keeping("b", 7), keeping("c", 7))) {
      vhost = vhost.with(new BrokerChange.PutPolicy(policy));

      assertThat(vhost.policies().effective(deadLetters))
          .hasValueSatisfying(
              it -> assertThat(it.definition()).containsEntry("message-ttl", 604_800_000L));
    }
    assertThat(before).extracting(Policy::pattern).contains("^(a|a\\.dlq)$");
    assertThat(vhost.policies().effective(deadLetters))
        .hasValueSatisfying(it -> assertThat(it.name()).isEqualTo("warren.dead-letters"));
  }

  @Test
  void limitReturnsOfQuorumQueuesAndLoseNoDeadLetter() {
    assertThat(values(ORDERS, "orders", V3_10))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "delivery-limit", 20L,
                "overflow", "reject-publish",
                "dead-letter-strategy", "at-least-once"));
  }

  @Test
  void doNotAskForWhatDropHeadCannotGive() {
    assertThat(values(ORDERS.overflow(Overflow.DropHead), "orders", V3_10))
        .containsEntry("overflow", "drop-head")
        .doesNotContainKey("dead-letter-strategy");
  }

  @Test
  void setTheConsumerTimeoutWhereABrokerKnowsIt() {
    assertThat(values(ORDERS, "orders", V4)).containsEntry("consumer-timeout", 25 * 60_000L);
    assertThat(values(ORDERS, "orders", V3_10)).doesNotContainKey("consumer-timeout");
  }

  @Test
  void keepDeadLettersAsLongAsTheyShouldBeKept() {
    assertThat(values(ORDERS.deadLetters("graveyard", Duration.ofDays(1)), "orders.dlq", V3_10))
        .containsExactly(Map.entry("message-ttl", 86_400_000L));
  }

  @Test
  void letDeadLettersBeLookedAtAsOftenAsOneLikes() {
    assertThat(values(ORDERS, "orders.dlq", V4)).containsEntry("delivery-limit", -1L);
    assertThat(values(ORDERS, "orders.dlq", V3_10)).doesNotContainKey("delivery-limit");
    assertThat(values(ORDERS.classic(), "orders.dlq", V4)).doesNotContainKey("delivery-limit");
  }

  @Test
  void coverEveryGenerationByItsOwnType() {
    var vhost = made(ORDERS, absent());
    var migrating = made(ORDERS.classic(), vhost);

    var values = topology(ORDERS.classic(), migrating).policyValues(V3_10);

    assertThat(values.get(migrating.queues().get("orders"))).containsKey("delivery-limit");
    assertThat(values.get(migrating.queues().get("orders.g2"))).isEmpty();
  }

  private static SomeSettings keeping(String name, int days) {
    return queue(name).deadLetters("warren.dead-letter", Duration.ofDays(days));
  }

  private static SomeSettings queue(String name) {
    return SomeSettings.of(name);
  }

  private static VhostSnapshot withPolicies(List<Policy> policies) {
    return after(
        absent().with(new BrokerChange.CreateVhost()),
        policies.stream().<BrokerChange>map(BrokerChange.PutPolicy::new).toList());
  }

  private static Map<String, Object> values(
      SomeSettings settings, String queue, BrokerVersion version) {
    return topology(settings, absent()).policyValues(version).entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(queue))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private static List<Policy> policies(
      VhostSnapshot vhost, boolean shared, SomeSettings... claimed) {
    var topologies = Arrays.stream(claimed).map(it -> topology(it, vhost)).toList();
    return DesiredPolicies.of(topologies, V3_10, vhost, shared).stream().distinct().toList();
  }

  private static VhostSnapshot made(SomeSettings settings, VhostSnapshot vhost) {
    return after(vhost, topology(settings, vhost).changes(vhost, Optional.of("tasks")));
  }

  private static QueueTopology topology(SomeSettings settings, VhostSnapshot vhost) {
    return ((QueueTopology.Choice.Possible) new Claim(settings.build(), true, true).topology(vhost))
        .topology();
  }
}
