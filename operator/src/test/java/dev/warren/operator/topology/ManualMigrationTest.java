package dev.warren.operator.topology;

import static dev.warren.operator.testing.Snapshots.absent;
import static dev.warren.operator.testing.Snapshots.after;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.operator.broker.Binding;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.Queue;
import dev.warren.operator.broker.VhostSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/// A task queue whose settings change while nobody agreed to a new generation.
class ManualMigrationTest {
  private static final int TRIES = 1_000;

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void changesWhatCanChangeInPlaceAndNamesTheRest(
      @ForAll(supplier = AnySettings.Pair.class) List<QueueSettings> pair) {
    var vhost = made(pair.getFirst());
    var topology = topology(pair.getLast(), vhost, false);

    var changed = after(vhost, changes(topology, pair, vhost));

    var before = topology(pair.getFirst(), vhost, true);
    assertThat(topology.tasks().others()).isEmpty();
    assertThat(changed.queues()).containsAllEntriesOf(vhost.queues());
    assertThat(topology.tasks().target()).isEqualTo(before.tasks().target());
    assertThat(topology.tasks().pending().isEmpty())
        .isEqualTo(arguments(pair.getFirst()).equals(arguments(pair.getLast())));
    assertThat(changes(topology(pair.getLast(), changed, false), pair, changed)).isEmpty();
    pair.getLast()
        .routes()
        .forEach(
            route ->
                assertThat(topology.tasks().target().entry().bindings(changed))
                    .anyMatch(
                        it ->
                            it.exchange().equals(pair.getLast().exchange().name())
                                && it.routingKey().equals(route.routingKey())
                                && it.arguments().equals(route.arguments())));
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void movesOnceItIsAgreed(@ForAll(supplier = AnySettings.Pair.class) List<QueueSettings> pair) {
    var vhost = made(pair.getFirst());
    var waiting = after(vhost, changes(topology(pair.getLast(), vhost, false), pair, vhost));

    var topology = topology(pair.getLast(), waiting, true);

    assertThat(topology.tasks().pending()).isEmpty();
    assertThat(topology.tasks().target().queues().stream().map(Queue::arguments))
        .hasSize(pair.getLast().shape().shards())
        .containsOnly(
            new Lineage(pair.getLast(), false).desired(1).queues().getFirst().arguments());
  }

  @Test
  void namesEachFieldThatWaits() {
    var vhost = made(SomeSettings.of("orders").classic().build());

    var topology =
        topology(
            SomeSettings.of("orders").priorities(9).singleActiveConsumer().build(), vhost, false);

    assertThat(topology.tasks().pending())
        .containsExactly(
            "queue 'orders' exists with x-queue-type classic, wanted quorum",
            "queue 'orders' exists with x-single-active-consumer unset, wanted true");
  }

  @Test
  void staysWhereMessagesGoWhenTheOldSettingsComeBackBeforeTheSwitch() {
    var former = SomeSettings.of("orders").build();
    var next = SomeSettings.of("orders").classic().build();
    var vhost = made(former);
    var plan = changes(topology(next, vhost, true), List.of(former, next), vhost);
    var unswitched = after(vhost, upToSwitch(plan));

    var topology = topology(former, unswitched, false);

    assertThat(topology.tasks().target().queueNames()).containsExactly("orders");
    assertThat(topology.tasks().pending()).isEmpty();
  }

  @Test
  void goesOnWithWhatMessagesGoToWhenTheOldSettingsComeBackAfterTheSwitch() {
    var former = SomeSettings.of("orders").build();
    var next = SomeSettings.of("orders").classic().build();
    var vhost = made(former);
    var switched = after(vhost, changes(topology(next, vhost, true), List.of(former, next), vhost));

    var topology = topology(former, switched, false);

    assertThat(topology.tasks().target().queueNames()).containsExactly("orders.g2");
    assertThat(topology.tasks().pending())
        .containsExactly("queue 'orders.g2' exists with x-queue-type classic, wanted quorum");
  }

  @Test
  void isNotMovedByWhatSomebodyElseBindsToARetiredGeneration() {
    var former = SomeSettings.of("orders").build();
    var next = SomeSettings.of("orders").classic().build();
    var vhost = made(former);
    var moved = after(vhost, changes(topology(next, vhost, true), List.of(former, next), vhost));
    var back = after(moved, changes(topology(former, moved, true), List.of(next, former), moved));
    var audited = back.with(new BrokerChange.Bind(new Binding("audit", "orders.g2", "")));

    var topology = topology(former, audited, false);

    assertThat(topology.tasks().target().queueNames()).containsExactly("orders");
    assertThat(topology.tasks().pending()).isEmpty();
  }

  /// All but the step that moves tasks, and those after it.
  private static List<BrokerChange> upToSwitch(List<BrokerChange> plan) {
    var unbinds =
        plan.stream()
            .filter(
                change ->
                    change instanceof BrokerChange.Unbind(var binding)
                        && binding.exchange().equals("warren.switch.orders.g2"))
            .toList();
    return plan.subList(0, plan.indexOf(unbinds.getFirst()));
  }

  private static VhostSnapshot made(QueueSettings settings) {
    return after(absent(), topology(settings, absent(), false).changes(absent(), Optional.empty()));
  }

  private static List<BrokerChange> changes(
      QueueTopology topology, List<QueueSettings> pair, VhostSnapshot vhost) {
    return topology.changes(vhost, Optional.of(pair.getFirst().exchange().name()));
  }

  private static QueueTopology topology(
      QueueSettings settings, VhostSnapshot vhost, boolean agreed) {
    return switch (new Claim(settings, true, agreed).topology(vhost)) {
      case QueueTopology.Choice.Possible(var topology) -> topology;
      case QueueTopology.Choice.Differs(var differences) -> throw new AssertionError(differences);
    };
  }

  private static Set<String> arguments(QueueSettings settings) {
    var all = new TreeSet<String>();
    new Lineage(settings, false)
        .desired(1)
        .queues()
        .forEach(it -> all.add(it.name() + new TreeMap<>(it.arguments())));
    return all;
  }
}
