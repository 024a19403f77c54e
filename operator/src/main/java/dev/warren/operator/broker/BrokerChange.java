package dev.warren.operator.broker;

/// One step that changes a broker. Every step may be taken again without harm.
public sealed interface BrokerChange {
  /// Creates the vhost that the other steps of a list are for.
  record CreateVhost() implements BrokerChange {}

  /// Declares a durable exchange.
  record DeclareExchange(Exchange exchange) implements BrokerChange {}

  /// Deletes an exchange, which closes the way into the queues bound to it.
  record DeleteExchange(String name) implements BrokerChange {}

  /// Declares a durable queue.
  record DeclareQueue(Queue queue) implements BrokerChange {}

  /// Deletes a queue with what is in it.
  record DeleteQueue(String name) implements BrokerChange {}

  /// Deletes a queue unless a message waits in it. A classic queue's broker checks that by itself;
  /// a quorum queue must be cut off from producers and consumers before, because there the check
  /// and the deletion are two calls.
  record DeleteEmptyQueue(Queue queue) implements BrokerChange {}

  /// Binds a queue or an exchange.
  record Bind(Binding binding) implements BrokerChange {}

  /// Removes a binding.
  record Unbind(Binding binding) implements BrokerChange {}

  /// Creates or replaces a policy.
  record PutPolicy(Policy policy) implements BrokerChange {}

  /// Deletes a policy.
  record DeletePolicy(String name) implements BrokerChange {}

  /// Creates or replaces an operator policy.
  record PutOperatorPolicy(Policy policy) implements BrokerChange {}

  /// Deletes an operator policy.
  record DeleteOperatorPolicy(String name) implements BrokerChange {}

  /// Limits the vhost.
  ///
  /// @param limit RabbitMQ's name for it, such as `max-connections`
  record PutVhostLimit(String limit, long value) implements BrokerChange {}

  /// Creates a user without tags, or sets its password.
  record PutUser(String name, String password) implements BrokerChange {
    /// Leaves the password out.
    @Override
    public String toString() {
      return "PutUser[name=%s]".formatted(name);
    }
  }

  /// Deletes a user.
  record DeleteUser(String name) implements BrokerChange {}

  /// Sets what a user may do in the vhost.
  record PutPermissions(String user, Permissions permissions) implements BrokerChange {}
}
