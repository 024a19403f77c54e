package dev.warren.operator.broker;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All that is known about a vhost at one time, and what the broker's users are.
///
/// @param exists whether there is such a vhost; when not, all else but the users is empty
/// @param passwordHashes by user name, in RabbitMQ's salted form
/// @param permissions in this vhost, by user name
/// @param takenAt when the reading began
public record VhostSnapshot(
    boolean exists,
    Map<String, Exchange> exchanges,
    Map<String, Queue> queues,
    Map<String, QueueFigures> figures,
    Set<Binding> bindings,
    Map<String, Policy> policies,
    Map<String, String> passwordHashes,
    Map<String, Permissions> permissions,
    Instant takenAt) {

  public VhostSnapshot {
    exchanges = Map.copyOf(exchanges);
    queues = Map.copyOf(queues);
    figures = Map.copyOf(figures);
    bindings = Set.copyOf(bindings);
    policies = Map.copyOf(policies);
    passwordHashes = Map.copyOf(passwordHashes);
    permissions = Map.copyOf(permissions);
  }

  /// A vhost that is not there, on a broker without users.
  public static VhostSnapshot absent(Instant takenAt) {
    return new VhostSnapshot(
        false, Map.of(), Map.of(), Map.of(), Set.of(), Map.of(), Map.of(), Map.of(), takenAt);
  }

  VhostSnapshot withPasswordHashes(Map<String, String> hashes) {
    return withUsers(hashes, permissions);
  }

  /// What is known about a queue's messages.
  public QueueFigures figuresOf(String queue) {
    return figures.getOrDefault(queue, QueueFigures.UNKNOWN);
  }

  /// The same vhost after this change, so that a plan made from it does not repeat the change
  /// before the next reading.
  public VhostSnapshot with(BrokerChange change) {
    return switch (change) {
      case BrokerChange.CreateVhost() -> withExists();
      case BrokerChange.DeclareExchange(var exchange) ->
          withExchanges(put(exchanges, exchange.name(), exchange), bindings);
      case BrokerChange.DeleteExchange(var name) -> withoutExchange(name);
      case BrokerChange.DeclareQueue(var queue) ->
          withQueues(put(queues, queue.name(), queue), bindings);
      case BrokerChange.DeleteQueue(var name) -> withoutQueue(name);
      case BrokerChange.DeleteEmptyQueue(var queue) -> withoutQueue(queue.name());
      case BrokerChange.Bind(var binding) -> withBinding(binding, true);
      case BrokerChange.Unbind(var binding) -> withBinding(binding, false);
      case BrokerChange.PutPolicy(var policy) -> withPolicies(put(policies, policy.name(), policy));
      case BrokerChange.DeletePolicy(var name) -> withPolicies(put(policies, name, null));
      case BrokerChange.PutUser(var name, var password) ->
          withUsers(put(passwordHashes, name, PasswordHash.unsalted(password)), permissions);
      case BrokerChange.DeleteUser(var name) ->
          withUsers(put(passwordHashes, name, null), put(permissions, name, null));
      case BrokerChange.PutPermissions(var user, var granted) ->
          withUsers(passwordHashes, put(permissions, user, granted));
    };
  }

  private VhostSnapshot withExists() {
    return new VhostSnapshot(
        true, exchanges, queues, figures, bindings, policies, passwordHashes, permissions, takenAt);
  }

  private VhostSnapshot withExchanges(Map<String, Exchange> changed, Set<Binding> bound) {
    return new VhostSnapshot(
        exists, changed, queues, figures, bound, policies, passwordHashes, permissions, takenAt);
  }

  private VhostSnapshot withoutExchange(String name) {
    var bound = new HashSet<>(bindings);
    bound.removeIf(binding -> binding.exchange().equals(name));
    return withExchanges(put(exchanges, name, null), bound);
  }

  private VhostSnapshot withQueues(Map<String, Queue> changed, Set<Binding> bound) {
    return new VhostSnapshot(
        exists, exchanges, changed, figures, bound, policies, passwordHashes, permissions, takenAt);
  }

  private VhostSnapshot withoutQueue(String name) {
    var bound = new HashSet<>(bindings);
    bound.removeIf(binding -> binding.queue().equals(name));
    return withQueues(put(queues, name, null), bound);
  }

  private VhostSnapshot withBinding(Binding binding, boolean bind) {
    var bound = new HashSet<>(bindings);
    if (bind) {
      bound.add(binding);
    } else {
      bound.remove(binding);
    }
    return withQueues(queues, bound);
  }

  private VhostSnapshot withPolicies(Map<String, Policy> changed) {
    return new VhostSnapshot(
        exists,
        exchanges,
        queues,
        figures,
        bindings,
        changed,
        passwordHashes,
        permissions,
        takenAt);
  }

  private VhostSnapshot withUsers(Map<String, String> hashes, Map<String, Permissions> granted) {
    return new VhostSnapshot(
        exists, exchanges, queues, figures, bindings, policies, hashes, granted, takenAt);
  }

  private static <T> Map<String, T> put(Map<String, T> map, String key, @Nullable T value) {
    var changed = new HashMap<>(map);
    if (value == null) {
      changed.remove(key);
    } else {
      changed.put(key, value);
    }
    return changed;
  }
}
