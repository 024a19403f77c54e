package dev.warren.operator.broker;

import dev.warren.model.BrokerNames;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The queues that a difference between two readings may concern.
public sealed interface Affected {
  /// Whether this queue is among them.
  boolean includes(String queue);

  /// All queues of the vhost: something that they share differs.
  record All() implements Affected {
    @Override
    public boolean includes(String queue) {
      return true;
    }
  }

  /// These queues.
  record Some(Set<String> queues) implements Affected {
    public Some {
      queues = Set.copyOf(queues);
    }

    @Override
    public boolean includes(String queue) {
      return queues.contains(queue);
    }
  }

  /// What differs between two readings; {@link Some} without queues if nothing does.
  static Affected between(VhostSnapshot before, VhostSnapshot after) {
    var sharedSame =
        before.exists() == after.exists()
            && before.exchanges().equals(after.exchanges())
            && before.policies().equals(after.policies())
            && before.permissions().equals(after.permissions())
            && before.passwordHashes().keySet().equals(after.passwordHashes().keySet());
    if (!sharedSame) {
      return new All();
    }
    var queues = differingKeys(before.queues(), after.queues());
    for (var bindings : List.of(minus(before, after), minus(after, before))) {
      bindings.forEach(binding -> queues.add(binding.queue()));
    }
    // Retries of many task queues take the same delay queue.
    if (queues.stream().anyMatch(queue -> queue.startsWith(BrokerNames.DELAY_PREFIX))) {
      return new All();
    }
    queues.addAll(differingKeys(before.figures(), after.figures()));
    return new Some(queues);
  }

  private static Set<Binding> minus(VhostSnapshot from, VhostSnapshot what) {
    var rest = new HashSet<>(from.bindings());
    rest.removeAll(what.bindings());
    return rest;
  }

  private static <T> Set<String> differingKeys(Map<String, T> before, Map<String, T> after) {
    var keys = new HashSet<String>();
    var all = new HashMap<String, T>(before);
    all.putAll(after);
    for (var key : all.keySet()) {
      if (!Objects.equals(before.get(key), after.get(key))) {
        keys.add(key);
      }
    }
    return keys;
  }
}
