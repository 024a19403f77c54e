package dev.warren.operator.topology;

import dev.warren.operator.broker.Binding;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.Exchange;
import dev.warren.operator.broker.VhostSnapshot;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The steps after which messages go to one generation and to no other: none is lost, and none is
/// routed to two generations. Pure; for one plan.
///
/// To bind the new queue and unbind the old one would route messages twice in between, the other
/// way round it would lose them. So messages are first led through an exchange
/// `warren.switch.<entry>` that only knows the old queue and has the new one for its alternate:
/// RabbitMQ routes to the alternate what can be routed to nothing else, and delivers a message once
/// to a queue however many ways lead there. One unbinding, of the old queue from that exchange, is
/// then the whole switch. The steps follow from the bindings that are there, so that each may be
/// the last one before a crash.
final class Switchover {
  private static final String SWITCH = "warren.switch.";
  private static final String ALTERNATE = "warren.switched.";

  private final Flow flow;
  private final Steps steps;

  /// Where messages should go.
  ///
  /// @param wanted bindings that should lead to the target, and do so if followed from `exchange`
  /// @param target where to
  /// @param others entries of the other generations
  /// @param managed exchanges that should have no other bindings to the target
  record Flow(List<Binding> wanted, Entry target, List<Entry> others, Set<String> managed) {
    Flow {
      wanted = List.copyOf(wanted);
      others = List.copyOf(others);
      managed = Set.copyOf(managed);
    }
  }

  private Switchover(Flow flow, VhostSnapshot vhost) {
    this.flow = flow;
    steps = new Steps(vhost);
  }

  /// The steps, in an order in which each can be the last.
  static List<BrokerChange> changes(Flow flow, VhostSnapshot vhost) {
    var switchover = new Switchover(flow, vhost);
    switchover.plan();
    return switchover.steps.toList();
  }

  /// The bindings that lead messages to an entry, by a switch or without.
  static Stream<Binding> ways(Entry entry, VhostSnapshot vhost) {
    return Stream.concat(
        entry.bindings(vhost).stream().filter(Switchover::fromOutside),
        switchOf(entry).bindings(vhost).stream());
  }

  /// The bindings by which messages come to an entry now: on one side of a switch there are some,
  /// on the other none.
  static Stream<Binding> open(Entry entry, VhostSnapshot vhost) {
    return entry.bindings(vhost).stream().flatMap(way -> open(way, entry, vhost));
  }

  private static Stream<Binding> open(Binding way, Entry entry, VhostSnapshot vhost) {
    if (way.exchange().startsWith(SWITCH)) {
      return vhost.bindings().leadingTo(Binding.Kind.EXCHANGE, way.exchange()).stream();
    }
    if (way.exchange().startsWith(ALTERNATE)) {
      return completed(entry, vhost) ? switchOf(entry).bindings(vhost).stream() : Stream.empty();
    }
    return Stream.of(way).filter(Switchover::fromOutside);
  }

  /// The name of the entry that an exchange is a switch to; empty if it is none.
  static Optional<String> entryOf(String exchange) {
    return Stream.of(SWITCH, ALTERNATE)
        .filter(exchange::startsWith)
        .map(prefix -> exchange.substring(prefix.length()))
        .findFirst();
  }

  private void plan() {
    // Completed or taken back, depending on which side of the one step each is.
    flow.others().forEach(this::endSwitch);
    if (switched(flow.target())) {
      endSwitch(flow.target());
    }
    main().ifPresent(this::switchFrom);
    bind(flow.wanted(), flow.target());
    live().forEach(this::switchFrom);
    endSwitch(flow.target());
    unbindStale();
  }

  /// The generation that what is wanted goes to, unless that is the target. To others lead only
  /// bindings that somebody else made.
  private Optional<Entry> main() {
    return live().stream()
        .max(Comparator.comparing(this::isMain))
        .filter(old -> isMain(old) || !isMain(flow.target()));
  }

  private boolean isMain(Entry entry) {
    return open(entry, steps.vhost())
        .anyMatch(
            way ->
                flow.managed().contains(way.exchange())
                    || flow.wanted().contains(flow.target().from(way)));
  }

  private List<Entry> live() {
    return flow.others().stream()
        .filter(old -> open(old, steps.vhost()).findAny().isPresent())
        .toList();
  }

  /// Leads to the target what leads to an older generation, and from the same step on what is
  /// wanted and does not lead to the target yet.
  private void switchFrom(Entry old) {
    var target = flow.target();
    var carried = new LinkedHashSet<>(flow.wanted());
    carried.addAll(ways(old));
    carried.removeIf(way -> steps.vhost().bindings().contains(target.from(way)));
    declareSwitch(target);
    steps.bind(from(target, old));
    bind(carried.stream().filter(this::carriesOn).toList(), switchOf(target));
    ways(old).forEach(way -> steps.add(new BrokerChange.Unbind(way)));
    steps.add(new BrokerChange.Unbind(from(target, old)));
    endSwitch(target);
  }

  /// A binding that somebody else made goes on to the next generation; one of Warren's does if it
  /// is still wanted.
  private boolean carriesOn(Binding binding) {
    return !flow.managed().contains(binding.exchange())
        || flow.wanted().contains(flow.target().from(binding));
  }

  private void declareSwitch(Entry entry) {
    var alternate = ALTERNATE + entry.name();
    steps.declare(new Exchange(alternate, "fanout"));
    steps.bind(new Binding(alternate, entry.kind(), entry.name(), "", Map.of()));
    steps.declare(
        new Exchange(SWITCH + entry.name(), "fanout", Map.of("alternate-exchange", alternate)));
  }

  /// Leads messages straight to where the switch leads them now, and removes it.
  private void endSwitch(Entry entry) {
    var feed = feed(entry);
    if (!feed.isEmpty()) {
      behindSwitch(entry).forEach(it -> bind(feed, it));
    }
    removeSwitch(entry);
  }

  /// The entry if its switch is completed; else what messages went to before, which may be a single
  /// shard of any generation, the target too.
  private List<Entry> behindSwitch(Entry entry) {
    var former = outlets(entry, steps.vhost()).toList();
    return former.isEmpty() ? List.of(entry) : former;
  }

  private void removeSwitch(Entry entry) {
    if (steps.vhost().exchanges().containsKey(SWITCH + entry.name())) {
      feed(entry).forEach(way -> steps.add(new BrokerChange.Unbind(way)));
      steps.add(new BrokerChange.DeleteExchange(SWITCH + entry.name()));
    }
    if (steps.vhost().exchanges().containsKey(ALTERNATE + entry.name())) {
      steps.add(new BrokerChange.DeleteExchange(ALTERNATE + entry.name()));
    }
  }

  private void unbindStale() {
    for (var binding : List.copyOf(flow.target().bindings(steps.vhost()))) {
      if (flow.managed().contains(binding.exchange()) && !flow.wanted().contains(binding)) {
        steps.add(new BrokerChange.Unbind(binding));
      }
    }
  }

  /// Whether messages go through the switch of this entry to the entry.
  private boolean switched(Entry entry) {
    return !feed(entry).isEmpty() && completed(entry, steps.vhost());
  }

  private static boolean completed(Entry entry, VhostSnapshot vhost) {
    return outlets(entry, vhost).findAny().isEmpty();
  }

  /// What the switch of an entry itself leads to, until it is completed.
  private static Stream<Entry> outlets(Entry entry, VhostSnapshot vhost) {
    var name = switchOf(entry).name();
    return vhost.bindings().stream()
        .filter(binding -> binding.exchange().equals(name))
        .map(binding -> new Entry(binding.kind(), binding.destination()));
  }

  /// The bindings that lead messages to an entry, other than by a switch.
  private List<Binding> ways(Entry entry) {
    return entry.bindings(steps.vhost()).stream().filter(Switchover::fromOutside).toList();
  }

  /// Whether a binding is no part of a switch or of a generation.
  private static boolean fromOutside(Binding binding) {
    return Stream.of(SWITCH, ALTERNATE, Lineage.SPREAD_PREFIX)
        .noneMatch(binding.exchange()::startsWith);
  }

  private Collection<Binding> feed(Entry entry) {
    return List.copyOf(switchOf(entry).bindings(steps.vhost()));
  }

  private static Entry switchOf(Entry entry) {
    return new Entry(Binding.Kind.EXCHANGE, SWITCH + entry.name());
  }

  private static Binding from(Entry switched, Entry old) {
    return new Binding(SWITCH + switched.name(), old.kind(), old.name(), "", Map.of());
  }

  private void bind(Collection<Binding> ways, Entry to) {
    ways.forEach(way -> steps.bind(to.from(way)));
  }
}
