package dev.warren.operator.topology;

import dev.warren.operator.broker.Binding;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.BrokerVersion;
import dev.warren.operator.broker.Exchange;
import dev.warren.operator.broker.Queue;
import dev.warren.operator.broker.VhostSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The exchanges, queues and bindings of one task queue, and the steps that lead to them. Pure.
///
/// @param tasks the queues where tasks wait
/// @param deadLetters the queues where those wait that were given up
public record QueueTopology(QueueSettings settings, Generations tasks, Generations deadLetters) {
  /// A topology, or what stands in its way.
  public sealed interface Choice {
    /// It can be made.
    record Possible(QueueTopology topology) implements Choice {}

    /// What is there was not made by Warren and cannot be made what it should be.
    ///
    /// @param differences one sentence for each field
    record Differs(List<String> differences) implements Choice {}
  }

  static Choice choose(Claim claim, VhostSnapshot vhost) {
    var settings = claim.settings();
    var differences = new ArrayList<>(differingExchanges(settings, vhost));
    var tasks = choose(new Lineage(settings, false), claim, vhost, differences);
    var deadLetters = choose(new Lineage(settings, true), claim, vhost, differences);
    return differences.isEmpty() && tasks.isPresent() && deadLetters.isPresent()
        ? new Choice.Possible(new QueueTopology(settings, tasks.get(), deadLetters.get()))
        : new Choice.Differs(differences);
  }

  private static Optional<Generations> choose(
      Lineage lineage, Claim claim, VhostSnapshot vhost, List<String> differences) {
    return switch (Generations.choose(lineage, vhost, claim.adopted(), claim.agreed())) {
      case Generations.Choice.Chosen(var generations) -> Optional.of(generations);
      case Generations.Choice.Foreign(var found) -> {
        differences.addAll(found);
        yield Optional.empty();
      }
    };
  }

  private static List<String> differingExchanges(QueueSettings settings, VhostSnapshot vhost) {
    return exchanges(settings)
        .flatMap(
            wanted ->
                Optional.ofNullable(vhost.exchanges().get(wanted.name())).stream()
                    .flatMap(
                        found ->
                            Differences.of(
                                "exchange", wanted.name(), "type", found.type(), wanted.type())))
        .toList();
  }

  /// The queues that a worker should consume, and no others.
  ///
  /// All that hold tasks; but where tasks start in their order, those of the oldest generation
  /// only, until it is gone.
  public List<String> sources() {
    if (settings.shape().singleActiveConsumer() && !tasks.others().isEmpty()) {
      return tasks.others().getFirst().queueNames();
    }
    return tasks.all().stream().flatMap(it -> it.queueNames().stream()).toList();
  }

  /// The settings that each of its queues should have from a policy.
  public Map<Queue, Map<String, Object>> policyValues(BrokerVersion version) {
    var values = new HashMap<Queue, Map<String, Object>>();
    for (var generation : tasks.all()) {
      generation
          .queues()
          .forEach(it -> values.put(it, QueuePolicy.ofTasks(settings, it.type(), version)));
    }
    for (var generation : deadLetters.all()) {
      generation
          .queues()
          .forEach(it -> values.put(it, QueuePolicy.ofDeadLetters(settings, it.type(), version)));
    }
    return values;
  }

  /// The generation to be deleted next: the oldest of tasks, and of dead letters when there is
  /// none.
  public Optional<Generation> retired() {
    return Stream.concat(tasks.others().stream(), deadLetters.others().stream()).findFirst();
  }

  /// The steps that delete a generation, as far as nothing is in it. Its queues go last: by them it
  /// is found again after a crash.
  public List<BrokerChange> delete(Generation retired) {
    return Stream.<BrokerChange>concat(
            retired.spread().stream().map(it -> new BrokerChange.DeleteExchange(it.name())),
            retired.queues().stream().map(BrokerChange.DeleteEmptyQueue::new))
        .toList();
  }

  /// The steps after which nothing new comes into its task queues; retries on their way still find
  /// back.
  public List<BrokerChange> closeIntake(VhostSnapshot vhost) {
    return tasks.all().stream()
        .flatMap(generation -> generation.entries().stream())
        .flatMap(entry -> Switchover.ways(entry, vhost))
        .filter(binding -> !binding.exchange().equals(settings.returnExchange()))
        .<BrokerChange>map(BrokerChange.Unbind::new)
        .toList();
  }

  /// Its queues that are there.
  public List<Queue> present(VhostSnapshot vhost) {
    return Stream.concat(tasks.all().stream(), deadLetters.all().stream())
        .flatMap(generation -> generation.queueNames().stream())
        .flatMap(name -> Optional.ofNullable(vhost.queues().get(name)).stream())
        .toList();
  }

  /// The steps that delete the exchanges which are only its own, those of generations that are gone
  /// included.
  public List<BrokerChange> deleteExchanges(VhostSnapshot vhost) {
    return vhost.exchanges().keySet().stream()
        .filter(this::isOwn)
        .<BrokerChange>map(BrokerChange.DeleteExchange::new)
        .toList();
  }

  private boolean isOwn(String exchange) {
    var entry = Switchover.entryOf(exchange).orElse(exchange);
    if (entry.startsWith(Lineage.SPREAD_PREFIX)) {
      return isOwnQueue(entry.substring(Lineage.SPREAD_PREFIX.length()));
    }
    return !entry.equals(exchange) && isOwnQueue(entry);
  }

  private boolean isOwnQueue(String name) {
    return Stream.of(false, true)
        .anyMatch(deadLetters -> new Lineage(settings, deadLetters).names(name));
  }

  /// The steps that make the vhost hold all this, each safe to be the last.
  ///
  /// @param formerExchange the one that its keys were bound to before, whose bindings go
  public List<BrokerChange> changes(VhostSnapshot vhost, Optional<String> formerExchange) {
    var changes = new Steps(vhost);
    if (!vhost.exists()) {
      changes.add(new BrokerChange.CreateVhost());
    }
    exchanges(settings).forEach(changes::declare);
    delayLanes(changes);
    deadLetters.target().queues().forEach(changes::declare);
    changes.addAll(Switchover.changes(deadLetterFlow(), changes.vhost()));
    // Last, so that nothing is delivered before a failure has somewhere to go.
    tasks.target().queues().forEach(changes::declare);
    tasks.target().spread().ifPresent(changes::declare);
    tasks.target().innerBindings().forEach(changes::bind);
    changes.addAll(Switchover.changes(taskFlow(formerExchange), changes.vhost()));
    return changes.toList();
  }

  private static Stream<Exchange> exchanges(QueueSettings settings) {
    return Stream.of(
        settings.exchange(),
        new Exchange(settings.returnExchange(), "direct"),
        new Exchange(settings.deadLetters().exchange(), "direct"));
  }

  private void delayLanes(Steps changes) {
    for (var lane : settings.delayLanes()) {
      changes.declare(new Exchange(lane.name(), "fanout"));
      changes.declare(new Queue(lane.name(), lane.arguments(settings.returnExchange())));
      changes.bind(new Binding(lane.name(), lane.name(), ""));
    }
  }

  private Switchover.Flow taskFlow(Optional<String> formerExchange) {
    var entry = tasks.target().entry();
    var wanted = new ArrayList<Binding>();
    wanted.add(to(entry, settings.returnExchange(), settings.queue()));
    for (var route : settings.routes()) {
      wanted.add(
          new Binding(
              settings.exchange().name(),
              entry.kind(),
              entry.name(),
              route.routingKey(),
              route.arguments()));
    }
    var managed = new HashSet<String>();
    managed.add(settings.exchange().name());
    managed.add(settings.returnExchange());
    formerExchange.ifPresent(managed::add);
    return new Switchover.Flow(wanted, entry, entries(tasks), managed);
  }

  /// Dead letters also come by the exchanges that retired queues were declared with.
  private Switchover.Flow deadLetterFlow() {
    var exchanges = new LinkedHashSet<String>();
    exchanges.add(settings.deadLetters().exchange());
    for (var generation : tasks.all()) {
      for (var queue : generation.queues()) {
        deadLetterExchange(queue).ifPresent(exchanges::add);
      }
    }
    var entry = deadLetters.target().entry();
    var wanted = exchanges.stream().map(it -> to(entry, it, settings.queue())).toList();
    return new Switchover.Flow(wanted, entry, entries(deadLetters), Set.of());
  }

  /// Empty for a queue that somebody else declared to do otherwise with its dead letters.
  private Optional<String> deadLetterExchange(Queue queue) {
    return settings.queue().equals(queue.arguments().get("x-dead-letter-routing-key"))
            && queue.arguments().get("x-dead-letter-exchange") instanceof String exchange
        ? Optional.of(exchange)
        : Optional.empty();
  }

  private static Binding to(Entry entry, String exchange, String routingKey) {
    return entry.from(new Binding(exchange, entry.name(), routingKey));
  }

  private static List<Entry> entries(Generations generations) {
    return generations.others().stream().flatMap(it -> it.entries().stream()).toList();
  }
}
