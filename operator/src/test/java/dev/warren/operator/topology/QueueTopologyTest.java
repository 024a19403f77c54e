package dev.warren.operator.topology;

import static dev.warren.operator.testing.Snapshots.absent;
import static dev.warren.operator.testing.Snapshots.after;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.operator.broker.Binding;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.Exchange;
import dev.warren.operator.broker.Queue;
import dev.warren.operator.broker.VhostSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueueTopologyTest {
  private static final SomeSettings ORDERS = SomeSettings.of("orders");

  @Test
  void declaresTheTaskQueueAfterWhatItNeeds() {
    var declared =
        changes(ORDERS, absent()).stream()
            .filter(BrokerChange.DeclareQueue.class::isInstance)
            .map(change -> ((BrokerChange.DeclareQueue) change).queue().name());

    assertThat(declared).containsExactly("warren.delay.1000.0", "orders.dlq", "orders");
  }

  @Test
  void bindsTheTaskQueueToItsKeysAndToTheWayBack() {
    assertThat(made(ORDERS.keys("orders", "b.#")).bindings().ofQueue("orders"))
        .containsExactlyInAnyOrder(
            new Binding("tasks", "orders", "orders"),
            new Binding("tasks", "orders", "b.#"),
            new Binding("warren.return", "orders", "orders"));
  }

  @Test
  void bindsByArgumentsToAHeadersExchange() {
    var big = Map.<String, Object>of("x-match", "all", "size", "big");

    var vhost = made(ORDERS.exchange("media", "headers", new QueueSettings.Route("", big)));

    assertThat(vhost.bindings().ofQueue("orders"))
        .contains(new Binding("media", Binding.Kind.QUEUE, "orders", "", big));
  }

  @Test
  void namesItsOwnerAndWhereDeadLettersGo() {
    assertThat(made(ORDERS.deadLetters("graveyard", Duration.ofDays(1))).queues().get("orders"))
        .isEqualTo(
            new Queue(
                "orders",
                Map.of(
                    "x-warren-task-queue", "media/orders",
                    "x-queue-type", "quorum",
                    "x-dead-letter-exchange", "graveyard",
                    "x-dead-letter-routing-key", "orders")));
  }

  @Test
  void keepsDeadLettersUnderTheNameOfTheQueue() {
    var vhost = made(ORDERS.deadLetters("graveyard", Duration.ofDays(1)));

    assertThat(vhost.exchanges()).containsEntry("graveyard", new Exchange("graveyard", "direct"));
    assertThat(vhost.bindings().ofQueue("orders.dlq"))
        .containsExactly(new Binding("graveyard", "orders.dlq", "orders"));
    assertThat(arguments(vhost, "orders.dlq"))
        .doesNotContainKey("x-dead-letter-exchange")
        .containsEntry("x-queue-type", "quorum");
  }

  @Test
  void spreadsTasksOverShards() {
    var vhost = made(ORDERS.shards(2));

    assertThat(vhost.queues()).containsKeys("orders.0", "orders.1").doesNotContainKey("orders");
    assertThat(vhost.exchanges())
        .containsEntry(
            "warren.shards.orders",
            new Exchange(
                "warren.shards.orders",
                "x-consistent-hash",
                Map.of("hash-property", "message_id")));
    assertThat(vhost.bindings().ofQueue("orders.1"))
        .containsExactly(new Binding("warren.shards.orders", "orders.1", "1"));
    assertThat(vhost.bindings().leadingTo(Binding.Kind.EXCHANGE, "warren.shards.orders"))
        .extracting(Binding::exchange)
        .containsExactlyInAnyOrder("tasks", "warren.return");
  }

  @Test
  void namesLaterGenerationsByTheirNumber() {
    var sharded = migrated(made(ORDERS), ORDERS.shards(2));
    var classic = migrated(sharded, ORDERS.classic());

    assertThat(topology(ORDERS.classic(), classic).tasks().all())
        .extracting(Generation::queueNames)
        .containsExactly(
            List.of("orders.g3"), List.of("orders"), List.of("orders.g2.0", "orders.g2.1"));
    assertThat(topology(ORDERS.classic(), classic).deadLetters().all())
        .extracting(Generation::queueNames)
        .containsExactly(List.of("orders.g2.dlq"), List.of("orders.dlq"));
  }

  @Test
  void addsNoShardToThoseThatHoldTasks() {
    var topology = topology(ORDERS.shards(3), made(ORDERS.shards(2)));

    assertThat(topology.tasks().target().queueNames())
        .containsExactly("orders.g2.0", "orders.g2.1", "orders.g2.2");
  }

  @Test
  void declaresAShardAgainThatWasDeleted() {
    var vhost = made(ORDERS.shards(3)).with(new BrokerChange.DeleteQueue("orders.1"));

    var topology = topology(ORDERS.shards(3), vhost);

    assertThat(topology.tasks().others()).isEmpty();
    assertThat(after(vhost, topology.changes(vhost, Optional.empty())).queues())
        .containsKeys("orders.0", "orders.1", "orders.2");
  }

  @Test
  void returnsToTheFormerGenerationWhileItIsThere() {
    var migrated = migrated(made(ORDERS), ORDERS.classic());

    assertThat(topology(ORDERS, migrated).tasks().target().queueNames()).containsExactly("orders");
  }

  @Test
  void keepsNamespacesApartWhereTheyShareAVhost() {
    var vhost = made(ORDERS.shared(true));

    assertThat(arguments(vhost, "warren.delay.1000.0@media"))
        .containsEntry("x-dead-letter-exchange", "warren.return@media");
    assertThat(vhost.exchanges())
        .containsKeys("warren.return@media", "warren.delay.1000.0@media")
        .doesNotContainKey("warren.return");
  }

  @Test
  void keepsAFewTasksOfEachDelayApartFromTheRest() {
    assertThat(made(ORDERS.classic().retry(2, 0.2)).queuesBeginningWith("warren.delay."))
        .extracting(queue -> queue.arguments().get("x-message-ttl"))
        .containsExactly(1_000L, 1_100L, 1_200L);
  }

  @Test
  void neverDropsARetryOfAQuorumQueue() {
    assertThat(arguments(made(ORDERS), "warren.delay.1000.0"))
        .containsEntry("x-dead-letter-strategy", "at-least-once")
        .containsEntry("x-overflow", "reject-publish");
  }

  @Test
  void leavesPrioritiesOfAQuorumQueueToTheBroker() {
    assertThat(arguments(made(ORDERS.priorities(9)), "orders")).doesNotContainKey("x-max-priority");
  }

  @Test
  void declaresPrioritiesOfAClassicQueue() {
    assertThat(arguments(made(ORDERS.classic().priorities(9)), "orders"))
        .containsEntry("x-max-priority", 9L)
        .containsEntry("x-queue-type", "classic");
  }

  @Test
  void passesArgumentsOfTheUserThrough() {
    var arguments = Map.<String, Object>of("x-queue-leader-locator", "balanced");

    assertThat(arguments(made(ORDERS.arguments(arguments)), "orders"))
        .containsAllEntriesOf(arguments);
  }

  @Test
  void consumesTheOldestGenerationFirstWhereOrderCounts() {
    var ordered = ORDERS.singleActiveConsumer();
    var migrated = migrated(made(ordered), ordered.classic());

    assertThat(topology(ordered.classic(), migrated).sources()).containsExactly("orders");
    assertThat(topology(ORDERS.classic(), migrated(made(ORDERS), ORDERS.classic())).sources())
        .containsExactly("orders.g2", "orders");
  }

  @Test
  void closesEveryWayInButTheOneOfRetries() {
    var audit = new Binding("audit", "orders.0", "");
    var vhost = made(ORDERS.shards(2)).with(new BrokerChange.Bind(audit));

    var closed = after(vhost, topology(ORDERS.shards(2), vhost).closeIntake(vhost));

    assertThat(closed.bindings().ofQueue("orders.0")).doesNotContain(audit);
    assertThat(closed.bindings().leadingTo(Binding.Kind.EXCHANGE, "warren.shards.orders"))
        .extracting(Binding::exchange)
        .containsExactly("warren.return");
  }

  @Test
  void leavesNothingOfItsOwnWhenDeleted() {
    var vhost = migrated(made(ORDERS), ORDERS.shards(2));
    var topology = topology(ORDERS.shards(2), vhost);

    var left = after(after(vhost, topology.deleteExchanges(vhost)), deletedQueues(topology, vhost));

    assertThat(left.queues()).containsOnlyKeys("warren.delay.1000.0");
    assertThat(left.exchanges().keySet())
        .containsExactlyInAnyOrder(
            "tasks", "warren.return", "warren.dead-letter", "warren.delay.1000.0");
  }

  @Test
  void goesOnWithADeletionThatWasStopped() {
    var vhost = migrated(made(ORDERS.shards(2)), ORDERS);
    var deletion = topology(ORDERS, vhost).delete(topology(ORDERS, vhost).retired().orElseThrow());

    for (int made = 0; made < deletion.size(); made++) {
      var stopped = after(vhost, deletion.subList(0, made));
      var topology = topology(ORDERS, stopped);

      var end = after(stopped, topology.delete(topology.retired().orElseThrow()));

      assertThat(end.exchanges()).doesNotContainKey("warren.shards.orders");
      assertThat(topology(ORDERS, end).retired()).isEmpty();
    }
  }

  @Test
  void bindsTheNewExchangeAndUnbindsTheFormer() {
    var vhost = made(ORDERS);
    var events = ORDERS.exchange("events", "topic", new QueueSettings.Route("orders", Map.of()));

    var moved = after(vhost, topology(events, vhost).changes(vhost, Optional.of("tasks")));

    assertThat(moved.bindings().ofQueue("orders"))
        .extracting(Binding::exchange)
        .containsExactlyInAnyOrder("events", "warren.return");
  }

  private static Map<String, Object> arguments(VhostSnapshot vhost, String queue) {
    return Objects.requireNonNull(vhost.queues().get(queue)).arguments();
  }

  private static List<BrokerChange> deletedQueues(QueueTopology topology, VhostSnapshot vhost) {
    return topology.present(vhost).stream()
        .<BrokerChange>map(BrokerChange.DeleteEmptyQueue::new)
        .toList();
  }

  private static VhostSnapshot migrated(VhostSnapshot vhost, SomeSettings settings) {
    return after(vhost, changes(settings, vhost));
  }

  private static VhostSnapshot made(SomeSettings settings) {
    return migrated(absent(), settings);
  }

  private static List<BrokerChange> changes(SomeSettings settings, VhostSnapshot vhost) {
    return topology(settings, vhost)
        .changes(vhost, Optional.of(settings.build().exchange().name()));
  }

  private static QueueTopology topology(SomeSettings settings, VhostSnapshot vhost) {
    return ((QueueTopology.Choice.Possible) new Claim(settings.build(), true, true).topology(vhost))
        .topology();
  }
}
