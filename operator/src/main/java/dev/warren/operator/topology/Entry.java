package dev.warren.operator.topology;

import dev.warren.operator.broker.Binding;
import dev.warren.operator.broker.VhostSnapshot;
import java.util.Collection;

/// What bindings lead to: a queue, or an exchange before queues.
record Entry(Binding.Kind kind, String name) {
  /// The bindings that lead here.
  Collection<Binding> bindings(VhostSnapshot vhost) {
    return vhost.bindings().leadingTo(kind, name);
  }

  /// The same binding, leading here.
  Binding from(Binding binding) {
    return binding.to(kind, name);
  }
}
