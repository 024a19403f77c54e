package dev.warren.operator.broker;

import dev.warren.model.QueueType;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

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
              Map.of("type", exchange.type(), "durable", true, "arguments", exchange.arguments()));
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
          api.post(
              bindings(in, binding),
              Map.of("routing_key", binding.routingKey(), "arguments", binding.arguments()));
      case BrokerChange.Unbind(var binding) -> unbind(in, binding);
      case BrokerChange.PutPolicy(var policy) ->
          api.put("policies/" + in + "/" + ManagementApi.segment(policy.name()), body(policy));
      case BrokerChange.DeletePolicy(var name) ->
          api.delete("policies/" + in + "/" + ManagementApi.segment(name));
      case BrokerChange.PutOperatorPolicy(var policy) ->
          api.put(
              "operator-policies/" + in + "/" + ManagementApi.segment(policy.name()), body(policy));
      case BrokerChange.DeleteOperatorPolicy(var name) ->
          api.delete("operator-policies/" + in + "/" + ManagementApi.segment(name));
      case BrokerChange.PutVhostLimit(var limit, var value) ->
          api.put(
              "vhost-limits/" + in + "/" + ManagementApi.segment(limit), Map.of("value", value));
      case BrokerChange.PutUser(var name, var password) ->
          api.put("users/" + ManagementApi.segment(name), Map.of("password", password, "tags", ""));
      case BrokerChange.DeleteUser(var name) -> api.delete("users/" + ManagementApi.segment(name));
      case BrokerChange.PutPermissions(var user, var granted) -> putPermissions(in, user, granted);
    }
    return true;
  }

  private void putPermissions(String vhost, String user, Permissions granted) {
    var of = vhost + "/" + ManagementApi.segment(user);
    api.put(
        "permissions/" + of,
        Map.of("configure", granted.configure(), "write", granted.write(), "read", granted.read()));
    granted
        .topics()
        .forEach(
            (exchange, keys) ->
                api.put(
                    "topic-permissions/" + of,
                    Map.of("exchange", exchange, "write", keys, "read", "")));
  }

  private static Map<String, Object> body(Policy policy) {
    return Map.of(
        "pattern", policy.pattern(),
        "definition", policy.definition(),
        "priority", policy.priority(),
        "apply-to", policy.applyTo());
  }

  private boolean deleteIfEmpty(String vhost, Queue queue) {
    var path = "queues/" + vhost + "/" + ManagementApi.segment(queue.name());
    if (queue.type() == QueueType.QUORUM) {
      return held(vhost, queue)
          .map(held -> held == 0 && deleteIfNothingWaits(path, queue))
          .orElse(true);
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
    return api.read(
        VhostReader.queuesIn(vhost),
        body -> {
          var held = new AtomicReference<@Nullable Long>();
          JsonList.read(
              body,
              found -> {
                if (found.path("name").asText().equals(queue.name())) {
                  held.set(found.path("messages").asLong(1));
                }
              });
          return held.get();
        });
  }

  /// Quorum queues know no if-empty, and their counts come seconds late: only fetching a message
  /// tells. One with a single active consumer lets nobody else fetch, so there the count has to do:
  /// who asks for a deletion has closed the intake longer ago than a count is late.
  private boolean deleteIfNothingWaits(String path, Queue queue) {
    if (!Boolean.TRUE.equals(queue.arguments().get("x-single-active-consumer"))
        && somethingWaits(path)) {
      return false;
    }
    api.delete(path);
    return true;
  }

  /// A message that is found goes back to its place.
  private boolean somethingWaits(String path) {
    var found =
        api.post(
            path + "/get",
            Map.of(
                "count", 1, "ackmode", "reject_requeue_true", "encoding", "base64", "truncate", 1));
    return !found.isEmpty();
  }

  private void unbind(String vhost, Binding binding) {
    for (var found : api.get(bindings(vhost, binding)).valueStream().toList()) {
      if (found.path("routing_key").asText().equals(binding.routingKey())
          && JsonList.fields(found.path("arguments")).equals(binding.arguments())) {
        api.delete(
            bindings(vhost, binding)
                + "/"
                + ManagementApi.segment(found.path("properties_key").asText()));
      }
    }
  }

  private static String bindings(String vhost, Binding binding) {
    return "bindings/%s/e/%s/%s/%s"
        .formatted(
            vhost,
            ManagementApi.segment(binding.exchange()),
            binding.kind() == Binding.Kind.QUEUE ? "q" : "e",
            ManagementApi.segment(binding.destination()));
  }
}
