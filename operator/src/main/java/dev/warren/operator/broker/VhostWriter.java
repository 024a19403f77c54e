package dev.warren.operator.broker;

import dev.warren.model.QueueType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Carries out changes in a vhost through the management API. May be called by any thread.
final class VhostWriter {
  private final ManagementApi api;

  VhostWriter(ManagementApi api) {
    this.api = api;
  }

  /// Carries out one change.
  ///
  /// @return false if the broker found a condition of the change not met (a queue not empty, an
  ///   exchange in use)
  boolean write(String vhost, BrokerChange change) {
    var in = ManagementApi.segment(vhost);
    switch (change) {
      case BrokerChange.CreateVhost() -> api.put("vhosts/" + in, Map.of());
      case BrokerChange.DeclareExchange(var exchange) ->
          api.put(
              "exchanges/" + in + "/" + ManagementApi.segment(exchange.name()),
              Map.of("type", exchange.type(), "durable", true));
      case BrokerChange.DeleteExchange(var name) ->
          api.delete("exchanges/" + in + "/" + ManagementApi.segment(name));
      case BrokerChange.DeclareQueue(var queue) ->
          api.put(
              "queues/" + in + "/" + ManagementApi.segment(queue.name()),
              Map.of("durable", true, "arguments", queue.arguments()));
      case BrokerChange.DeleteQueue(var name) ->
          api.delete("queues/" + in + "/" + ManagementApi.segment(name));
      case BrokerChange.DeleteEmptyQueue(var queue) -> {
        return deleteIfEmpty(in, queue);
      }
      case BrokerChange.Bind(var binding) ->
          api.post(bindings(in, binding), Map.of("routing_key", binding.routingKey()));
      case BrokerChange.Unbind(var binding) -> unbind(in, binding);
      case BrokerChange.PutPolicy(var policy) ->
          api.put(
              "policies/" + in + "/" + ManagementApi.segment(policy.name()),
              Map.of(
                  "pattern", policy.pattern(),
                  "definition", policy.definition(),
                  "priority", policy.priority(),
                  "apply-to", "queues"));
      case BrokerChange.DeletePolicy(var name) ->
          api.delete("policies/" + in + "/" + ManagementApi.segment(name));
      case BrokerChange.PutUser(var name, var password) ->
          api.put("users/" + ManagementApi.segment(name), Map.of("password", password, "tags", ""));
      case BrokerChange.DeleteUser(var name) -> api.delete("users/" + ManagementApi.segment(name));
      case BrokerChange.PutPermissions(var user, var granted) ->
          api.put(
              "permissions/" + in + "/" + ManagementApi.segment(user),
              Map.of(
                  "configure",
                  granted.configure(),
                  "write",
                  granted.write(),
                  "read",
                  granted.read()));
    }
    return true;
  }

  private boolean deleteIfEmpty(String vhost, Queue queue) {
    var path = "queues/" + vhost + "/" + ManagementApi.segment(queue.name());
    if (queue.type() == QueueType.QUORUM) {
      return held(vhost, queue).map(held -> held == 0 && deleteIfNothingWaits(path)).orElse(true);
    }
    try {
      api.delete(path + "?if-empty=true");
      return true;
    } catch (BrokerException e) {
      if (e.kind() == BrokerException.Kind.REFUSED) {
        return false;
      }
      throw e;
    }
  }

  /// How many messages a queue held seconds ago, those included that nobody can fetch because its
  /// dead-letter exchange has not taken them yet; empty if there is no such queue.
  private Optional<Long> held(String vhost, Queue queue) {
    return api.get(VhostReader.queuesIn(vhost))
        .valueStream()
        .filter(found -> found.path("name").asText().equals(queue.name()))
        .map(found -> found.path("messages").asLong(1))
        .findFirst();
  }

  /// Quorum queues know no if-empty, and their counts come seconds late: only fetching a message
  /// tells. A message that is found goes back to its place.
  private boolean deleteIfNothingWaits(String path) {
    var found =
        api.post(
            path + "/get",
            Map.of(
                "count", 1, "ackmode", "reject_requeue_true", "encoding", "base64", "truncate", 1));
    if (!found.isEmpty()) {
      return false;
    }
    api.delete(path);
    return true;
  }

  private void unbind(String vhost, Binding binding) {
    for (var found : List.copyOf(api.get(bindings(vhost, binding)).valueStream().toList())) {
      if (found.path("routing_key").asText().equals(binding.routingKey())) {
        api.delete(
            bindings(vhost, binding)
                + "/"
                + ManagementApi.segment(found.path("properties_key").asText()));
      }
    }
  }

  private static String bindings(String vhost, Binding binding) {
    return "bindings/%s/e/%s/q/%s"
        .formatted(
            vhost,
            ManagementApi.segment(binding.exchange()),
            ManagementApi.segment(binding.queue()));
  }
}
