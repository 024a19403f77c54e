package dev.warren.operator.broker;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.pcollections.TreePMap;

/// All that is known about a vhost at one time, and what the broker's users are. Immutable; one
/// that follows from a change shares what it can with the one before.
///
/// @param readAt when the broker was asked for its figures
/// @param exists whether there is such a vhost; when not, all else but the users is empty
/// @param queues by name
/// @param figures by queue name
public record VhostSnapshot(
    Instant readAt,
    boolean exists,
    TreePMap<String, Exchange> exchanges,
    TreePMap<String, Queue> queues,
    TreePMap<String, QueueFigures> figures,
    Bindings bindings,
    Policies policies,
    Users users) {

  /// A vhost that was found not to be there, on a broker with these users.
  public static VhostSnapshot absent(Instant readAt, Users users) {
    return new VhostSnapshot(
        readAt,
        false,
        TreePMap.empty(),
        TreePMap.empty(),
        TreePMap.empty(),
        Bindings.NONE,
        Policies.NONE,
        users);
  }

  /// What is known about a queue's messages.
  public QueueFigures figuresOf(String queue) {
    return figures.getOrDefault(queue, QueueFigures.UNKNOWN);
  }

  /// Queues whose names begin with this.
  public Collection<Queue> queuesBeginningWith(String prefix) {
    return queues.subMap(prefix, prefix + Character.MAX_VALUE).values();
  }

  /// The same vhost after this change, so that a plan made from it does not repeat the change
  /// before the next reading.
  public VhostSnapshot with(BrokerChange change) {
    return switch (change) {
      case BrokerChange.CreateVhost() ->
          new VhostSnapshot(readAt, true, exchanges, queues, figures, bindings, policies, users);
      case BrokerChange.DeclareExchange(var exchange) ->
          withExchanges(exchanges.plus(exchange.name(), exchange), bindings);
      case BrokerChange.DeleteExchange(var name) ->
          withExchanges(exchanges.minus(name), bindings.withoutExchange(name));
      case BrokerChange.DeclareQueue(var queue) -> withQueue(queue);
      case BrokerChange.DeleteQueue(var name) -> withoutQueue(name);
      case BrokerChange.DeleteEmptyQueue(var queue) -> withoutQueue(queue.name());
      case BrokerChange.Bind(var binding) -> withExchanges(exchanges, bindings.with(binding));
      case BrokerChange.Unbind(var binding) -> withExchanges(exchanges, bindings.without(binding));
      case BrokerChange.PutPolicy(var policy) -> withPolicies(policies.with(policy));
      case BrokerChange.DeletePolicy(var name) -> withPolicies(policies.without(name));
      case BrokerChange.PutOperatorPolicy(var policy) ->
          withPolicies(policies.withOperatorPolicy(policy));
      case BrokerChange.DeleteOperatorPolicy(var name) ->
          withPolicies(policies.withoutOperatorPolicy(name));
      case BrokerChange.PutVhostLimit(var limit, var value) ->
          withPolicies(policies.withLimit(limit, value));
      case BrokerChange.PutUser(var name, var password) ->
          withUsers(users.withUser(name, password));
      case BrokerChange.DeleteUser(var name) -> withUsers(users.without(name));
      case BrokerChange.PutPermissions(var user, var granted) ->
          withUsers(users.withPermissions(user, granted));
    };
  }

  /// The same vhost with so much in its queues.
  VhostSnapshot withFigures(Instant time, Map<String, QueueFigures> held) {
    return new VhostSnapshot(
        time, exists, exchanges, queues, Successor.of(figures, held), bindings, policies, users);
  }

  /// The same vhost with so much in a queue.
  public VhostSnapshot withFigures(String queue, QueueFigures held) {
    return new VhostSnapshot(
        readAt, exists, exchanges, queues, figures.plus(queue, held), bindings, policies, users);
  }

  private VhostSnapshot withExchanges(TreePMap<String, Exchange> changed, Bindings bound) {
    return new VhostSnapshot(readAt, exists, changed, queues, figures, bound, policies, users);
  }

  private VhostSnapshot withQueue(Queue queue) {
    var known = figures.containsKey(queue.name());
    return new VhostSnapshot(
        readAt,
        exists,
        exchanges,
        queues.plus(queue.name(), queue),
        known ? figures : figures.plus(queue.name(), QueueFigures.ZERO),
        bindings,
        policies,
        users);
  }

  private VhostSnapshot withoutQueue(String name) {
    return new VhostSnapshot(
        readAt,
        exists,
        exchanges,
        queues.minus(name),
        figures.minus(name),
        bindings.withoutDestination(Binding.Kind.QUEUE, name),
        policies,
        users);
  }

  private VhostSnapshot withPolicies(Policies changed) {
    return new VhostSnapshot(readAt, exists, exchanges, queues, figures, bindings, changed, users);
  }

  VhostSnapshot withUsers(Users changed) {
    return new VhostSnapshot(
        readAt, exists, exchanges, queues, figures, bindings, policies, changed);
  }
}
