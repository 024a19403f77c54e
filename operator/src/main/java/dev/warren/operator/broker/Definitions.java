package dev.warren.operator.broker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The document of an import: additive changes of many callers, in the form of `POST
/// /api/definitions`. RabbitMQ imports users first, then vhosts, permissions, exchanges, queues and
/// bindings, each kind when the one before is complete. Used by one thread.
final class Definitions {
  private final Map<String, Object> users = new LinkedHashMap<>();
  private final Set<Object> vhosts = new LinkedHashSet<>();
  private final Map<List<String>, Object> permissions = new LinkedHashMap<>();
  private final Map<List<String>, Object> topicPermissions = new LinkedHashMap<>();
  private final Set<Object> exchanges = new LinkedHashSet<>();
  private final Set<Object> queues = new LinkedHashSet<>();
  private final Set<Object> bindings = new LinkedHashSet<>();

  /// Whether an import can make this change.
  static boolean canHold(BrokerChange change) {
    return switch (change) {
      case BrokerChange.CreateVhost _,
          BrokerChange.DeclareExchange _,
          BrokerChange.DeclareQueue _,
          BrokerChange.Bind _,
          BrokerChange.PutUser _,
          BrokerChange.PutPermissions _ ->
          true;
      case BrokerChange.DeleteExchange _,
          BrokerChange.DeleteQueue _,
          BrokerChange.DeleteEmptyQueue _,
          BrokerChange.Unbind _,
          BrokerChange.PutPolicy _,
          BrokerChange.DeletePolicy _,
          BrokerChange.PutOperatorPolicy _,
          BrokerChange.DeleteOperatorPolicy _,
          BrokerChange.PutVhostLimit _,
          BrokerChange.DeleteUser _ ->
          false;
    };
  }

  /// Adds a change that an import can make; what another has added already is not added again.
  void add(String vhost, BrokerChange change) {
    switch (change) {
      case BrokerChange.CreateVhost() -> vhosts.add(Map.of("name", vhost));
      case BrokerChange.DeclareExchange(var exchange) -> exchanges.add(exchange(vhost, exchange));
      case BrokerChange.DeclareQueue(var queue) -> queues.add(queue(vhost, queue));
      case BrokerChange.Bind(var binding) -> bindings.add(binding(vhost, binding));
      case BrokerChange.PutUser(var name, var password) -> users.put(name, user(name, password));
      case BrokerChange.PutPermissions(var user, var granted) ->
          addPermissions(vhost, user, granted);
      case BrokerChange.DeleteExchange _,
          BrokerChange.DeleteQueue _,
          BrokerChange.DeleteEmptyQueue _,
          BrokerChange.Unbind _,
          BrokerChange.PutPolicy _,
          BrokerChange.DeletePolicy _,
          BrokerChange.PutOperatorPolicy _,
          BrokerChange.DeleteOperatorPolicy _,
          BrokerChange.PutVhostLimit _,
          BrokerChange.DeleteUser _ ->
          throw new IllegalArgumentException("no import can make the change " + change);
    }
  }

  /// What is to be posted.
  Map<String, Object> document() {
    return Map.of(
        "users", new ArrayList<>(users.values()),
        "vhosts", vhosts,
        "permissions", new ArrayList<>(permissions.values()),
        "topic_permissions", new ArrayList<>(topicPermissions.values()),
        "exchanges", exchanges,
        "queues", queues,
        "bindings", bindings);
  }

  private void addPermissions(String vhost, String user, Permissions granted) {
    permissions.put(
        List.of(vhost, user),
        Map.of(
            "user", user,
            "vhost", vhost,
            "configure", granted.configure(),
            "write", granted.write(),
            "read", granted.read()));
    granted
        .topics()
        .forEach(
            (exchange, keys) ->
                topicPermissions.put(
                    List.of(vhost, user, exchange),
                    Map.of(
                        "user", user,
                        "vhost", vhost,
                        "exchange", exchange,
                        "write", keys,
                        "read", "")));
  }

  private static Map<String, Object> user(String name, String password) {
    return Map.of(
        "name",
        name,
        "password_hash",
        PasswordHash.salted(password),
        "hashing_algorithm",
        "rabbit_password_hashing_sha256",
        "tags",
        "");
  }

  private static Map<String, Object> exchange(String vhost, Exchange exchange) {
    return Map.of(
        "vhost",
        vhost,
        "name",
        exchange.name(),
        "type",
        exchange.type(),
        "durable",
        true,
        "auto_delete",
        false,
        "internal",
        false,
        "arguments",
        exchange.arguments());
  }

  private static Map<String, Object> queue(String vhost, Queue queue) {
    return Map.of(
        "vhost",
        vhost,
        "name",
        queue.name(),
        "durable",
        true,
        "auto_delete",
        false,
        "arguments",
        queue.arguments());
  }

  private static Map<String, Object> binding(String vhost, Binding binding) {
    return Map.of(
        "vhost", vhost,
        "source", binding.exchange(),
        "destination", binding.destination(),
        "destination_type", binding.kind() == Binding.Kind.QUEUE ? "queue" : "exchange",
        "routing_key", binding.routingKey(),
        "arguments", binding.arguments());
  }
}
