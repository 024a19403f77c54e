package dev.warren.operator.broker;

import static dev.warren.operator.broker.JsonList.fields;
import static dev.warren.operator.broker.JsonList.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/// Collects what there is in a vhost besides its queues, while it is read. Used by one thread.
final class FoundLists {
  private final Map<String, Exchange> exchanges = new HashMap<>();
  private final Map<String, Policy> policies = new HashMap<>();
  private final Map<String, Policy> operatorPolicies = new HashMap<>();
  private final Map<String, Long> limits = new HashMap<>();
  private final Bindings.Builder bindings = new Bindings.Builder();

  void exchange(JsonNode node) {
    var name = text(node, "name");
    var internal = node.path("internal").asBoolean() ? " internal" : "";
    var type = text(node, "type") + VhostReader.passing(node) + internal;
    // The default exchange has no name, and nobody can bind to it.
    if (!name.isEmpty()) {
      exchanges.put(name, new Exchange(name, type, fields(node.path("arguments"))));
    }
  }

  void binding(JsonNode node) {
    if (!text(node, "source").isEmpty()) {
      bindings.add(
          new Binding(
              text(node, "source"),
              text(node, "destination_type").equals("queue")
                  ? Binding.Kind.QUEUE
                  : Binding.Kind.EXCHANGE,
              text(node, "destination"),
              text(node, "routing_key"),
              fields(node.path("arguments"))));
    }
  }

  void policy(JsonNode node) {
    policies.put(text(node, "name"), policyOf(node));
  }

  void operatorPolicy(JsonNode node) {
    operatorPolicies.put(text(node, "name"), policyOf(node));
  }

  void limits(JsonNode node) {
    node.path("value")
        .properties()
        .forEach(limit -> limits.put(limit.getKey(), limit.getValue().asLong()));
  }

  /// What was found, beside these queues.
  VhostSnapshot in(VhostSnapshot before) {
    return new VhostSnapshot(
        before.readAt(),
        true,
        Successor.of(before.exchanges(), exchanges),
        before.queues(),
        before.figures(),
        bindings.build(before.bindings()),
        new Policies(
            Successor.of(before.policies().policies(), policies),
            Successor.of(before.policies().operatorPolicies(), operatorPolicies),
            Successor.of(before.policies().limits(), limits)),
        before.users());
  }

  private static Policy policyOf(JsonNode node) {
    return new Policy(
        text(node, "name"),
        text(node, "pattern"),
        text(node, "apply-to"),
        node.path("priority").asInt(),
        fields(node.path("definition")));
  }
}
