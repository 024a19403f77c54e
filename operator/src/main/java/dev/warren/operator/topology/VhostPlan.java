package dev.warren.operator.topology;

import static java.util.stream.Collectors.toSet;

import dev.warren.model.BrokerNames;
import dev.warren.model.DelayLane;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.BrokerVersion;
import dev.warren.operator.broker.ExactNames;
import dev.warren.operator.broker.Policy;
import dev.warren.operator.broker.VhostSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What the task queues of a vhost share, and the steps that lead there: policies, limits, and
/// delay lanes that nobody uses any more. Pure.
///
/// @param claims of every task queue in the vhost whose settings could be read
/// @param complete whether those are all; else some settings are unknown, and queues without them
///   keep what they have
/// @param idle whether no worker consumes here: one may still retry by the plan it was started with
/// @param ceilings that hold for tenants who talk to the broker themselves
/// @param shared whether namespaces share the vhost
public record VhostPlan(
    List<Claim> claims, boolean complete, boolean idle, Ceilings ceilings, boolean shared) {
  /// Bounds of a vhost of one namespace, in RabbitMQ's terms.
  ///
  /// @param queues keys of an operator policy
  /// @param vhost limits of the vhost
  public record Ceilings(Map<String, Long> queues, Map<String, Long> vhost) {
    /// None.
    public static final Ceilings NONE = new Ceilings(Map.of(), Map.of());

    public Ceilings {
      queues = Map.copyOf(queues);
      vhost = Map.copyOf(vhost);
    }
  }

  private static final String CEILINGS = "warren.ceilings";

  public VhostPlan {
    claims = List.copyOf(claims);
  }

  /// The steps that make the vhost so.
  public List<BrokerChange> changes(BrokerVersion version, VhostSnapshot vhost) {
    var changes = new ArrayList<BrokerChange>();
    if (!vhost.exists()) {
      changes.add(new BrokerChange.CreateVhost());
    }
    changes.addAll(policies(version, vhost));
    if (!shared) {
      changes.addAll(operatorPolicies(vhost));
      changes.addAll(limits(vhost));
    }
    if (complete && idle) {
      changes.addAll(staleLanes(vhost));
    }
    return changes;
  }

  private List<BrokerChange> policies(BrokerVersion version, VhostSnapshot vhost) {
    var topologies = claims.stream().flatMap(claim -> possible(claim, vhost).stream()).toList();
    var desired = DesiredPolicies.of(topologies, version, vhost, shared);
    var changes = new Steps(vhost);
    for (var policy : desired) {
      if (!policy.equals(changes.vhost().policies().policies().get(policy.name()))) {
        changes.add(new BrokerChange.PutPolicy(policy));
      }
    }
    var names = desired.stream().map(Policy::name).collect(toSet());
    // Queues whose settings are unknown have been given what they have by another.
    vhost.policies().policies().keySet().stream()
        .filter(name -> name.startsWith(DesiredPolicies.PREFIX) && !names.contains(name))
        .map(BrokerChange.DeletePolicy::new)
        .forEach(changes::add);
    return changes.toList();
  }

  private static List<QueueTopology> possible(Claim claim, VhostSnapshot vhost) {
    return switch (claim.topology(vhost)) {
      case QueueTopology.Choice.Possible(var topology) -> List.of(topology);
      case QueueTopology.Choice.Differs _ -> List.of();
    };
  }

  private List<BrokerChange> operatorPolicies(VhostSnapshot vhost) {
    var present = vhost.policies().operatorPolicies().get(CEILINGS);
    if (ceilings.queues().isEmpty()) {
      return present == null ? List.of() : List.of(new BrokerChange.DeleteOperatorPolicy(CEILINGS));
    }
    var desired =
        new Policy(
            CEILINGS, "^" + QueueClass.TASKS, 0, Map.<String, Object>copyOf(ceilings.queues()));
    return desired.equals(present)
        ? List.of()
        : List.of(new BrokerChange.PutOperatorPolicy(desired));
  }

  private List<BrokerChange> limits(VhostSnapshot vhost) {
    var changes = new ArrayList<BrokerChange>();
    var present = vhost.policies().limits();
    new TreeMap<>(ceilings.vhost())
        .forEach(
            (limit, value) -> {
              if (!value.equals(present.get(limit))) {
                changes.add(new BrokerChange.PutVhostLimit(limit, value));
              }
            });
    return changes;
  }

  /// First the way in, then the queue, once nothing is left in it.
  private List<BrokerChange> staleLanes(VhostSnapshot vhost) {
    var used = usedLanes(vhost);
    var changes = new ArrayList<BrokerChange>();
    for (var queue : vhost.queuesBeginningWith(BrokerNames.DELAY_PREFIX)) {
      if (!used.contains(queue.name())) {
        if (vhost.exchanges().containsKey(queue.name())) {
          changes.add(new BrokerChange.DeleteExchange(queue.name()));
        }
        if (vhost.figuresOf(queue.name()).total().orElse(1) == 0) {
          changes.add(new BrokerChange.DeleteEmptyQueue(queue));
        }
      }
    }
    return changes;
  }

  /// Those of retry plans, and those that a worker may still write to, which pods of a former plan
  /// do until they end.
  private Set<String> usedLanes(VhostSnapshot vhost) {
    return Stream.concat(
            claims.stream()
                .flatMap(claim -> claim.settings().delayLanes().stream())
                .map(DelayLane::name),
            vhost.users().permissions().values().stream()
                .flatMap(granted -> ExactNames.of(granted.write())))
        .collect(toSet());
  }
}
