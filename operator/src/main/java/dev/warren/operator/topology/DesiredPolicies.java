package dev.warren.operator.topology;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;

import dev.warren.operator.broker.BrokerVersion;
import dev.warren.operator.broker.Policy;
import dev.warren.operator.broker.Queue;
import dev.warren.operator.broker.VhostSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/// The policies of a vhost. Pure.
///
/// RabbitMQ compares every queue with every policy whenever a policy changes, and compiles the
/// pattern each time: with 4,000 queues a pattern of 2,000 names takes 1.4 s, a short one 0.3 s. So
/// the values that most queues have come from one general policy with a short pattern, and each
/// other set of values from one policy that lists the queues which have it. In a vhost that
/// namespaces, and perhaps others, share, all policies are lists.
final class DesiredPolicies {
  /// What the names of Warren's policies begin with.
  static final String PREFIX = "warren.";

  /// Above policies that a platform's users wrote without a priority.
  static final int PRIORITY = 10;

  private static final int LIST_PRIORITY = PRIORITY + 1;

  private final BrokerVersion version;
  private final VhostSnapshot vhost;

  /// What each queue should have; those that need nothing, or have nothing of Warren's, included.
  private final Map<Queue, Map<String, Object>> values;

  private DesiredPolicies(
      BrokerVersion version, VhostSnapshot vhost, Map<Queue, Map<String, Object>> values) {
    this.version = version;
    this.vhost = vhost;
    this.values = values;
  }

  /// All of them, in an order in which no queue is without its values while they are written; some
  /// twice, the second time as they should stay.
  ///
  /// @param shared whether namespaces share the vhost
  static List<Policy> of(
      Collection<QueueTopology> claimed,
      BrokerVersion version,
      VhostSnapshot vhost,
      boolean shared) {
    var values = unclaimed(vhost, claimed);
    claimed.forEach(topology -> values.putAll(topology.policyValues(version)));
    var desired = new DesiredPolicies(version, vhost, values);
    return shared ? desired.lists(values.keySet()) : desired.generalAndLists();
  }

  /// What is there and belongs to no TaskQueue any more keeps the values it has, which is what
  /// `Retain` promises; what never did gets none.
  private static Map<Queue, Map<String, Object>> unclaimed(
      VhostSnapshot vhost, Collection<QueueTopology> claimed) {
    var names = new TreeSet<String>();
    claimed.forEach(it -> it.tasks().all().forEach(all -> names.addAll(all.queueNames())));
    claimed.forEach(it -> it.deadLetters().all().forEach(all -> names.addAll(all.queueNames())));
    var values = new HashMap<Queue, Map<String, Object>>();
    for (var queue : vhost.queues().values()) {
      if (!names.contains(queue.name()) && QueueClass.covers(queue)) {
        values.put(queue, present(queue, vhost));
      }
    }
    return values;
  }

  /// None where somebody else's policy may win, whichever of Warren's is there now.
  private static Map<String, Object> present(Queue queue, VhostSnapshot vhost) {
    var matching =
        vhost.policies().policies().values().stream().filter(it -> it.matches(queue)).toList();
    return matching.stream().anyMatch(it -> !ours(it) && it.priority() >= PRIORITY)
        ? Map.of()
        : matching.stream()
            .filter(DesiredPolicies::ours)
            .max(Comparator.comparingInt(Policy::priority))
            .map(Policy::definition)
            .orElse(Map.of());
  }

  static boolean ours(Policy policy) {
    return policy.name().startsWith(PREFIX);
  }

  private List<Policy> generalAndLists() {
    var exceptions = new ArrayList<Queue>();
    var general = new ArrayList<Policy>();
    for (var queues : QueueClass.of(version)) {
      var members = values.keySet().stream().filter(queues::contains).toList();
      general(queues, members)
          .ifPresentOrElse(
              policy -> {
                general.add(policy);
                members.stream()
                    .filter(queue -> !policy.definition().equals(values.get(queue)))
                    .forEach(exceptions::add);
              },
              () -> exceptions.addAll(members));
    }
    var lists = lists(exceptions);
    return Stream.of(
            lists.stream().map(list -> withLeaving(list, general)),
            general.stream(),
            lists.stream())
        .flatMap(Function.identity())
        .toList();
  }

  /// A list with those queues that it still names in the broker, and that get the same values from
  /// a general policy only when that is written.
  private Policy withLeaving(Policy list, List<Policy> general) {
    var present = vhost.policies().policies().get(list.name());
    if (present == null
        || general.stream().noneMatch(it -> it.definition().equals(list.definition()))) {
      return list;
    }
    return values.entrySet().stream()
        .filter(entry -> entry.getValue().equals(list.definition()))
        .map(Map.Entry::getKey)
        .filter(queue -> present.matches(queue) || list.matches(queue))
        .map(Queue::name)
        .collect(
            collectingAndThen(toCollection(TreeSet::new), names -> list(names, list.definition())));
  }

  /// The values that most of these queues have, unless that is none; those of the present general
  /// policy stay as long as any queue has them, so that a new majority does not rewrite everything.
  private Optional<Policy> general(QueueClass queues, List<Queue> members) {
    var sizes = new HashMap<Map<String, Object>, Long>();
    members.forEach(queue -> sizes.merge(valuesOf(queue), 1L, Long::sum));
    var present = Optional.ofNullable(vhost.policies().policies().get(queues.policy()));
    return present
        .map(Policy::definition)
        .filter(sizes::containsKey)
        .or(() -> largest(sizes))
        .filter(chosen -> !chosen.isEmpty())
        .map(
            chosen ->
                new Policy(
                    queues.policy(),
                    "^" + without(members) + queues.pattern(),
                    queues.applyTo(),
                    PRIORITY,
                    chosen));
  }

  private static Optional<Map<String, Object>> largest(Map<Map<String, Object>, Long> sizes) {
    return sizes.entrySet().stream()
        .max(
            Map.Entry.<Map<String, Object>, Long>comparingByValue()
                .thenComparing(entry -> new TreeMap<>(entry.getKey()).toString()))
        .map(Map.Entry::getKey);
  }

  /// Leaves out those that should have no value from any policy.
  private String without(List<Queue> members) {
    var names = new TreeSet<String>();
    members.stream().filter(queue -> valuesOf(queue).isEmpty()).forEach(it -> names.add(it.name()));
    return names.isEmpty() ? "" : "(?!" + anyOf(names) + "$)";
  }

  private List<Policy> lists(Collection<Queue> queues) {
    return queues.stream()
        .filter(queue -> !valuesOf(queue).isEmpty())
        .collect(groupingBy(this::valuesOf, mapping(Queue::name, toCollection(TreeSet::new))))
        .entrySet()
        .stream()
        .map(entry -> list(entry.getValue(), entry.getKey()))
        .sorted(Comparator.comparing(Policy::name))
        .toList();
  }

  private static Policy list(Set<String> names, Map<String, Object> definition) {
    return new Policy(nameOf(definition), "^" + anyOf(names) + "$", LIST_PRIORITY, definition);
  }

  private Map<String, Object> valuesOf(Queue queue) {
    return values.getOrDefault(queue, Map.of());
  }

  /// The values themselves, so that a person sees what a policy does and no two sets share a name.
  private static String nameOf(Map<String, Object> definition) {
    return PREFIX
        + new TreeMap<>(definition)
            .entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(joining(","));
  }

  private static String anyOf(Set<String> names) {
    return names.stream().map(TopicPattern::literal).collect(joining("|", "(", ")"));
  }
}
