package dev.warren.operator.topology;

import static dev.warren.operator.testing.Snapshots.absent;
import static dev.warren.operator.testing.Snapshots.after;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.Exchange;
import dev.warren.operator.broker.Queue;
import dev.warren.operator.broker.VhostSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// A name that is taken already when a TaskQueue comes.
class ForeignQueueTest {
  private static final int TRIES = 1_000;

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void isAdoptedIfItFitsAndElseLeftAloneWithEachFieldNamed(
      @ForAll(supplier = AnySettings.Pair.class) List<QueueSettings> pair,
      @ForAll("changes") Map<String, Object> changes) {
    var settings = pair.getFirst();
    var wanted = new Lineage(settings, false).desired(1).queues().getFirst();
    var foreign = changed(wanted, changes);
    var vhost = holding(foreign);

    var choice = new Claim(settings, false, true).topology(vhost);

    switch (choice) {
      case QueueTopology.Choice.Possible(var topology) -> {
        assertThat(differing(wanted, foreign)).isEmpty();
        var plan = topology.changes(vhost, Optional.empty());
        assertThat(plan).doesNotContain(new BrokerChange.DeclareQueue(wanted));
        assertThat(after(vhost, plan).queues()).containsEntry(foreign.name(), foreign);
      }
      case QueueTopology.Choice.Differs(var differences) -> {
        assertThat(differing(wanted, foreign)).isNotEmpty();
        assertThat(differences)
            .containsExactlyElementsOf(
                differing(wanted, foreign).stream()
                    .map(key -> sentence(key, wanted, foreign))
                    .toList());
      }
    }
  }

  @Test
  void differsByTheTypeOfAnExchange() {
    var vhost =
        after(
            absent(),
            List.of(
                new BrokerChange.CreateVhost(),
                new BrokerChange.DeclareExchange(new Exchange("tasks", "fanout"))));

    assertThat(new Claim(SomeSettings.of("orders").build(), false, true).topology(vhost))
        .isEqualTo(
            new QueueTopology.Choice.Differs(
                List.of("exchange 'tasks' exists with type fanout, wanted topic")));
  }

  @Test
  void isNoPartOfTheFirstGenerationOnceThereIsOne() {
    var foreign = new Queue("orders.0", Map.of("x-queue-type", "classic"));
    var vhost =
        made(SomeSettings.of("orders"), absent()).with(new BrokerChange.DeclareQueue(foreign));

    var topology = topology(SomeSettings.of("orders").shards(2), vhost);

    assertThat(topology.tasks().all())
        .extracting(Generation::queueNames)
        .containsExactly(List.of("orders.g2.0", "orders.g2.1"), List.of("orders"));
  }

  @Test
  void isPassedOverByTheNextGeneration() {
    var foreign = new Queue("orders.g2", Map.of("x-queue-type", "classic"));
    var vhost =
        made(SomeSettings.of("orders"), absent()).with(new BrokerChange.DeclareQueue(foreign));

    var topology = topology(SomeSettings.of("orders").classic(), vhost);

    assertThat(topology.tasks().target().queueNames()).containsExactly("orders.g3");
  }

  @Test
  void sendsItsDeadLettersWhereItsOwnerWants() {
    var settings = SomeSettings.of("orders");
    var redeclared =
        made(settings, absent())
            .with(new BrokerChange.DeleteQueue("orders"))
            .with(
                new BrokerChange.DeclareQueue(
                    new Queue("orders", Map.of("x-queue-type", "classic"))));

    var vhost = made(settings, redeclared);

    assertThat(vhost.bindings().ofQueue("orders.dlq"))
        .singleElement()
        .extracting(binding -> binding.exchange())
        .isEqualTo("warren.dead-letter");
  }

  @Provide
  static Arbitrary<Map<String, Object>> changes() {
    return Arbitraries.maps(
            Arbitraries.of(
                "x-queue-type",
                "x-max-priority",
                "x-single-active-consumer",
                "x-dead-letter-exchange",
                "x-max-length",
                "declared",
                "x-warren-task-queue"),
            Arbitraries.<Object>of("", "classic", 5L, true))
        .ofMaxSize(3);
  }

  /// Declared by somebody else, without an argument where the value is empty.
  private static Queue changed(Queue queue, Map<String, Object> changes) {
    var arguments = new HashMap<>(queue.arguments());
    arguments.remove(Lineage.OWNER);
    arguments.putAll(changes);
    arguments.values().removeIf(""::equals);
    return new Queue(queue.name(), arguments);
  }

  private static List<String> differing(Queue wanted, Queue found) {
    var keys = new TreeSet<>(wanted.arguments().keySet());
    keys.addAll(found.arguments().keySet());
    keys.remove(Lineage.OWNER);
    keys.removeIf(
        key ->
            String.valueOf(wanted.arguments().get(key))
                .equals(String.valueOf(found.arguments().get(key))));
    return new ArrayList<>(keys);
  }

  private static String sentence(String key, Queue wanted, Queue found) {
    return "queue '%s' exists with %s %s, wanted %s"
        .formatted(
            wanted.name(),
            key,
            found.arguments().getOrDefault(key, "unset"),
            wanted.arguments().getOrDefault(key, "unset"));
  }

  private static VhostSnapshot holding(Queue queue) {
    return after(
        absent(), List.of(new BrokerChange.CreateVhost(), new BrokerChange.DeclareQueue(queue)));
  }

  private static VhostSnapshot made(SomeSettings settings, VhostSnapshot vhost) {
    return after(vhost, topology(settings, vhost).changes(vhost, Optional.of("tasks")));
  }

  private static QueueTopology topology(SomeSettings settings, VhostSnapshot vhost) {
    return ((QueueTopology.Choice.Possible) new Claim(settings.build(), true, true).topology(vhost))
        .topology();
  }
}
