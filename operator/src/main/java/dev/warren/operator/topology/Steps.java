package dev.warren.operator.topology;

import dev.warren.operator.broker.Binding;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.Exchange;
import dev.warren.operator.broker.Queue;
import dev.warren.operator.broker.VhostSnapshot;
import java.util.ArrayList;
import java.util.List;

/// Steps of a plan, and the vhost as it is after them: what is there already is not declared again.
/// For one plan, by one thread.
final class Steps {
  private final List<BrokerChange> changes = new ArrayList<>();
  private VhostSnapshot vhost;

  Steps(VhostSnapshot vhost) {
    this.vhost = vhost;
  }

  /// After the steps so far.
  VhostSnapshot vhost() {
    return vhost;
  }

  void add(BrokerChange change) {
    changes.add(change);
    vhost = vhost.with(change);
  }

  void addAll(List<BrokerChange> all) {
    all.forEach(this::add);
  }

  void declare(Exchange exchange) {
    if (!vhost.exchanges().containsKey(exchange.name())) {
      add(new BrokerChange.DeclareExchange(exchange));
    }
  }

  void declare(Queue queue) {
    if (!vhost.queues().containsKey(queue.name())) {
      add(new BrokerChange.DeclareQueue(queue));
    }
  }

  void bind(Binding binding) {
    if (!vhost.bindings().contains(binding)) {
      add(new BrokerChange.Bind(binding));
    }
  }

  List<BrokerChange> toList() {
    return List.copyOf(changes);
  }
}
