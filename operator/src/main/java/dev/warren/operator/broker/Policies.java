package dev.warren.operator.broker;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.pcollections.TreePMap;

/// The policies and limits of a vhost. Immutable.
///
/// @param policies by name
/// @param operatorPolicies by name: they are merged over the policy of a queue, and tenants cannot
///   change them
/// @param limits of the vhost: such as `max-connections`
public record Policies(
    TreePMap<String, Policy> policies,
    TreePMap<String, Policy> operatorPolicies,
    TreePMap<String, Long> limits) {
  /// Without any.
  public static final Policies NONE =
      new Policies(TreePMap.empty(), TreePMap.empty(), TreePMap.empty());

  /// These policies.
  public static Policies of(
      Map<String, Policy> policies,
      Map<String, Policy> operatorPolicies,
      Map<String, Long> limits) {
    return new Policies(
        TreePMap.from(policies), TreePMap.from(operatorPolicies), TreePMap.from(limits));
  }

  /// The policy that a queue of this name and type has.
  public Optional<Policy> effective(Queue queue) {
    return highest(policies, queue);
  }

  /// The operator policy that a queue of this name and type has.
  public Optional<Policy> effectiveOperatorPolicy(Queue queue) {
    return highest(operatorPolicies, queue);
  }

  Policies with(Policy policy) {
    return new Policies(policies.plus(policy.name(), policy), operatorPolicies, limits);
  }

  Policies without(String policy) {
    return new Policies(policies.minus(policy), operatorPolicies, limits);
  }

  Policies withOperatorPolicy(Policy policy) {
    return new Policies(policies, operatorPolicies.plus(policy.name(), policy), limits);
  }

  Policies withoutOperatorPolicy(String policy) {
    return new Policies(policies, operatorPolicies.minus(policy), limits);
  }

  Policies withLimit(String limit, long value) {
    return new Policies(policies, operatorPolicies, limits.plus(limit, value));
  }

  private static Optional<Policy> highest(Map<String, Policy> policies, Queue queue) {
    return policies.values().stream()
        .filter(policy -> policy.matches(queue))
        .max(Comparator.comparingInt(Policy::priority));
  }
}
