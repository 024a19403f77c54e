package dev.warren.operator.taskqueue;

import dev.warren.model.BrokerNames;
import dev.warren.operator.broker.Binding;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.Exchange;
import dev.warren.operator.broker.Policy;
import dev.warren.operator.broker.Queue;
import dev.warren.operator.broker.VhostSnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Compares what a vhost should hold with what it holds. Pure.
final class TopologyDifference {
  private TopologyDifference() {}

  /// Where an object exists already and cannot be made what it should be; one sentence for each
  /// field.
  static List<String> conflicts(DesiredTopology desired, VhostSnapshot vhost) {
    var conflicts = new ArrayList<String>();
    for (var exchange : desired.exchanges()) {
      var found = vhost.exchanges().get(exchange.name());
      if (found != null && !found.equals(exchange)) {
        conflicts.add(
            "exchange '%s' exists with type %s, wanted %s"
                .formatted(exchange.name(), found.type(), exchange.type()));
      }
    }
    for (var queue : desired.queues()) {
      var found = vhost.queues().get(queue.name());
      if (found != null) {
        conflicts.addAll(differences(queue, found));
      }
    }
    return conflicts;
  }

  /// The steps that make the vhost hold what is desired.
  static List<BrokerChange> changes(
      DesiredTopology desired, Map<String, Policy> policies, VhostSnapshot vhost) {
    var changes = new ArrayList<BrokerChange>();
    if (!vhost.exists()) {
      changes.add(new BrokerChange.CreateVhost());
    }
    for (Exchange exchange : desired.exchanges()) {
      if (!vhost.exchanges().containsKey(exchange.name())) {
        changes.add(new BrokerChange.DeclareExchange(exchange));
      }
    }
    // Before the queues, so that a limit holds from a queue's first message on.
    changes.addAll(policyChanges(policies, vhost));
    for (Queue queue : desired.queues()) {
      if (!vhost.queues().containsKey(queue.name())) {
        changes.add(new BrokerChange.DeclareQueue(queue));
      }
    }
    for (Binding binding : desired.bindings()) {
      if (!vhost.bindings().contains(binding)) {
        changes.add(new BrokerChange.Bind(binding));
      }
    }
    return changes;
  }

  /// Removes bindings of a queue to exchanges that should bind it by other keys only, or no more.
  static List<BrokerChange> staleBindings(
      String queue, DesiredTopology desired, Set<String> exchanges, VhostSnapshot vhost) {
    var wanted = new HashSet<>(desired.bindings());
    return vhost.bindings().stream()
        .filter(binding -> binding.queue().equals(queue) && exchanges.contains(binding.exchange()))
        .filter(binding -> !wanted.contains(binding))
        .<BrokerChange>map(BrokerChange.Unbind::new)
        .toList();
  }

  /// Removes delay lanes that no retry plan uses: first the way in, then the queue, once nothing is
  /// left in it.
  static List<BrokerChange> staleLanes(Set<String> used, VhostSnapshot vhost) {
    var changes = new ArrayList<BrokerChange>();
    for (var name : new TreeSet<>(vhost.queues().keySet())) {
      if (name.startsWith(BrokerNames.DELAY_PREFIX) && !used.contains(name)) {
        if (vhost.exchanges().containsKey(name)) {
          changes.add(new BrokerChange.DeleteExchange(name));
        }
        if (vhost.figuresOf(name).total().orElse(1) == 0) {
          changes.add(
              new BrokerChange.DeleteEmptyQueue(Objects.requireNonNull(vhost.queues().get(name))));
        }
      }
    }
    return changes;
  }

  private static List<BrokerChange> policyChanges(
      Map<String, Policy> policies, VhostSnapshot vhost) {
    var changes = new ArrayList<BrokerChange>();
    policies.values().stream()
        .filter(policy -> !policy.equals(vhost.policies().get(policy.name())))
        .map(BrokerChange.PutPolicy::new)
        .forEach(changes::add);
    vhost.policies().keySet().stream()
        .filter(name -> name.startsWith(DesiredPolicies.PREFIX) && !policies.containsKey(name))
        .map(BrokerChange.DeletePolicy::new)
        .forEach(changes::add);
    return changes;
  }

  private static List<String> differences(Queue desired, Queue found) {
    var keys = new TreeSet<>(desired.arguments().keySet());
    keys.addAll(found.arguments().keySet());
    return keys.stream()
        .filter(key -> !Objects.equals(desired.arguments().get(key), found.arguments().get(key)))
        .map(
            key ->
                "queue '%s' exists with %s %s, wanted %s"
                    .formatted(
                        desired.name(),
                        key,
                        shown(found.arguments().get(key)),
                        shown(desired.arguments().get(key))))
        .toList();
  }

  private static String shown(@Nullable Object value) {
    return value == null ? "unset" : value.toString();
  }
}
