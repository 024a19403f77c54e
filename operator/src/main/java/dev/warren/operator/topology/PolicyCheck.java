package dev.warren.operator.topology;

import dev.warren.operator.broker.BrokerVersion;
import dev.warren.operator.broker.Policy;
import dev.warren.operator.broker.Queue;
import dev.warren.operator.broker.VhostSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What the policies of a vhost mean for one task queue. Pure.
public final class PolicyCheck {
  /// What decides where messages of a queue go, or whether they stay.
  private static final Set<String> DECISIVE =
      Set.of(
          "message-ttl",
          "expires",
          "max-length",
          "max-length-bytes",
          "overflow",
          "delivery-limit",
          "dead-letter-exchange",
          "dead-letter-routing-key",
          "dead-letter-strategy",
          "consumer-timeout");

  private PolicyCheck() {}

  /// Whether each of its queues has the values it should have, as far as that is Warren's to
  /// decide.
  public static boolean inEffect(
      QueueTopology topology, BrokerVersion version, VhostSnapshot vhost) {
    return topology.policyValues(version).entrySet().stream()
        .allMatch(entry -> inEffect(entry.getKey(), entry.getValue(), vhost));
  }

  /// Policies of others that win over Warren's, one sentence for each.
  public static List<String> overridden(
      QueueTopology topology, BrokerVersion version, VhostSnapshot vhost) {
    var overridden = new ArrayList<String>();
    topology.policyValues(version).entrySet().stream()
        .sorted(Comparator.comparing(entry -> entry.getKey().name()))
        .forEach(
            entry -> {
              foreign(entry.getKey(), entry.getValue(), vhost)
                  .flatMap(policy -> describe(policy, entry.getKey(), entry.getValue()))
                  .ifPresent(overridden::add);
              vhost
                  .policies()
                  .effectiveOperatorPolicy(entry.getKey())
                  .filter(policy -> !DesiredPolicies.ours(policy))
                  .flatMap(policy -> describeOperator(policy, entry.getKey(), entry.getValue()))
                  .ifPresent(overridden::add);
            });
    return overridden;
  }

  private static boolean inEffect(Queue queue, Map<String, Object> wanted, VhostSnapshot vhost) {
    if (foreign(queue, wanted, vhost).isPresent()) {
      return true;
    }
    var effective = vhost.policies().effective(queue).filter(DesiredPolicies::ours);
    return effective.map(Policy::definition).orElse(Map.of()).equals(wanted);
  }

  /// The policy of somebody else that a queue has, whatever Warren's say.
  private static Optional<Policy> foreign(
      Queue queue, Map<String, Object> wanted, VhostSnapshot vhost) {
    var strongEnough = wanted.isEmpty() ? Integer.MIN_VALUE : DesiredPolicies.PRIORITY;
    return vhost.policies().policies().values().stream()
        .filter(policy -> !DesiredPolicies.ours(policy) && policy.priority() >= strongEnough)
        .filter(policy -> policy.matches(queue))
        .max(Comparator.comparingInt(Policy::priority));
  }

  private static Optional<String> describe(Policy policy, Queue queue, Map<String, Object> wanted) {
    var keys = new TreeSet<>(policy.definition().keySet());
    keys.addAll(wanted.keySet());
    return differing(keys, policy, wanted)
        .map(
            fields ->
                "policy '%s' with priority %d wins over Warren's for queue '%s' (%s); lower its priority below %d or narrow its pattern"
                    .formatted(
                        policy.name(),
                        policy.priority(),
                        queue.name(),
                        fields,
                        DesiredPolicies.PRIORITY));
  }

  /// An operator policy is merged with the policy of a queue: what it does not name stays.
  private static Optional<String> describeOperator(
      Policy policy, Queue queue, Map<String, Object> wanted) {
    return differing(policy.definition().keySet(), policy, wanted)
        .map(
            fields ->
                "operator policy '%s' limits queue '%s' (%s); narrow its pattern, or give the TaskQueue what it allows"
                    .formatted(policy.name(), queue.name(), fields));
  }

  private static Optional<String> differing(
      Set<String> keys, Policy policy, Map<String, Object> wanted) {
    var fields =
        new TreeSet<>(keys)
            .stream()
                .filter(DECISIVE::contains)
                .filter(key -> !Objects.equals(policy.definition().get(key), wanted.get(key)))
                .map(
                    key ->
                        "%s %s instead of %s"
                            .formatted(
                                key,
                                Objects.requireNonNullElse(policy.definition().get(key), "unset"),
                                Objects.requireNonNullElse(wanted.get(key), "unset")))
                .collect(Collectors.joining(", "));
    return fields.isEmpty() ? Optional.empty() : Optional.of(fields);
  }
}
