package dev.warren.operator.topology;

import static dev.warren.operator.testing.Snapshots.absent;
import static dev.warren.operator.testing.Snapshots.after;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.Exchange;
import dev.warren.operator.broker.VhostSnapshot;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// A task queue whose settings change, in all ways and again before the last change is through,
/// while messages flow: {@link SimulatedOperator} checks after each step that each goes to one
/// queue.
class MigrationTest {
  private static final int TRIES = 1_000;
  static final int LONGER_THAN_ANY_PLAN = 80;

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void losesAndDoublesNothingWhereverItIsStoppedAndWhateverIsAskedForNext(
      @ForAll(supplier = AnySettings.Chain.class) List<QueueSettings> settings,
      @ForAll @Size(4) List<@IntRange(max = LONGER_THAN_ANY_PLAN) Integer> steps,
      @ForAll @IntRange(max = 5) int audited) {
    var operator = new SimulatedOperator(absent());
    operator.make(settings.getFirst());
    for (int i = 1; i < settings.size(); i++) {
      if (audited == i) {
        operator.audit(steps.getLast());
      }
      if (steps.get(i - 1) % 2 == 0) {
        operator.drain();
      }
      operator.make(settings.get(i), steps.get(i - 1));
    }

    operator.finish(settings.getLast());

    assertLeadsOnlyTo(settings.getLast(), operator);
    operator.drain();
  }

  /// At every step, because one in which only a switch leads to the shard is seldom drawn above.
  @Property(generation = GenerationMode.EXHAUSTIVE)
  void leadsBackToAShardWhatSomebodyBoundToIt(
      @ForAll @IntRange(max = LONGER_THAN_ANY_PLAN) int steps) {
    var sharded = SomeSettings.of("orders").shards(2);
    var operator = new SimulatedOperator(absent());
    operator.make(sharded.build());
    operator.audit(0);
    operator.make(sharded.shards(3).build(), steps);

    operator.finish(sharded.build());

    operator.drain();
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void endsAsIfItHadNotBeenStopped(
      @ForAll(supplier = AnySettings.Pair.class) List<QueueSettings> settings,
      @ForAll @IntRange(max = LONGER_THAN_ANY_PLAN) int steps) {
    var former = settings.getFirst();
    var next = settings.getLast();
    var vhost = made(former, former, absent());
    var plan = changes(next, former, vhost);
    var stopped = after(vhost, plan.subList(0, Math.min(steps, plan.size())));

    var end = made(next, former, stopped);

    assertThat(parts(end)).isEqualTo(parts(after(vhost, plan)));
  }

  private static VhostSnapshot made(
      QueueSettings settings, QueueSettings former, VhostSnapshot vhost) {
    return after(vhost, changes(settings, former, vhost));
  }

  private static List<BrokerChange> changes(
      QueueSettings settings, QueueSettings former, VhostSnapshot vhost) {
    return switch (new Claim(settings, true, true).topology(vhost)) {
      case QueueTopology.Choice.Possible(var topology) ->
          topology.changes(vhost, Optional.of(former.exchange().name()));
      case QueueTopology.Choice.Differs(var differences) -> throw new AssertionError(differences);
    };
  }

  private static List<Object> parts(VhostSnapshot vhost) {
    return List.of(vhost.exchanges(), vhost.queues(), vhost.bindings());
  }

  private static void assertLeadsOnlyTo(QueueSettings settings, SimulatedOperator operator) {
    var topology = operator.topology(settings);
    var vhost = operator.snapshot();
    SimulatedOperator.messages(settings.exchange())
        .forEach(
            message ->
                assertThat(operator.receivers(settings.exchange().name(), message))
                    .as("receivers of %s", message)
                    .isSubsetOf(topology.tasks().target().queueNames())
                    .hasSize(
                        SimulatedOperator.wanted(settings, settings.exchange(), message) ? 1 : 0));
    assertThat(vhost.exchanges().keySet()).noneMatch(name -> name.startsWith("warren.switch"));
    assertThat(vhost.exchanges().keySet())
        .filteredOn(name -> name.startsWith("warren.shards."))
        .containsExactlyElementsOf(
            topology.tasks().target().spread().map(Exchange::name).stream().toList());
    assertThat(vhost.queues().keySet())
        .filteredOn(name -> name.startsWith("orders"))
        .hasSize(settings.shape().shards() + 1);
  }
}
