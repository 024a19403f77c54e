package dev.warren.operator.broker;

import dev.warren.model.BrokerNames;
import java.util.HashSet;
import java.util.Set;

/// The queues of a vhost that a difference between two readings may concern.
public sealed interface Affected {
  /// Whether this queue is among them.
  boolean includes(String queue);

  /// Whether there is none.
  default boolean isEmpty() {
    return false;
  }

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

    @Override
    public boolean isEmpty() {
      return queues.isEmpty();
    }
  }

  /// What differs between two readings, their users left aside; {@link Some} without queues if
  /// nothing does.
  static Affected between(VhostSnapshot before, VhostSnapshot after) {
    var sharedSame =
        before.exists() == after.exists()
            && Successor.differingKeys(before.exchanges(), after.exchanges()).isEmpty()
            && before.policies().equals(after.policies())
            && !before.bindings().betweenExchangesDifferFrom(after.bindings());
    if (!sharedSame) {
      return new All();
    }
    var queues = new HashSet<>(Successor.differingKeys(before.queues(), after.queues()));
    queues.addAll(before.bindings().queuesDifferingFrom(after.bindings()));
    // Retries of many task queues take the same delay queue.
    if (queues.stream().anyMatch(queue -> queue.startsWith(BrokerNames.DELAY_PREFIX))) {
      return new All();
    }
    queues.addAll(differingFigures(before, after));
    return new Some(queues);
  }

  /// The broker says nothing of a queue that was declared just now, which holds nothing.
  private static Set<String> differingFigures(VhostSnapshot before, VhostSnapshot after) {
    var queues = Successor.differingKeys(before.figures(), after.figures());
    queues.removeIf(
        queue ->
            before.figuresOf(queue).equals(QueueFigures.ZERO)
                && after.figuresOf(queue).equals(QueueFigures.UNKNOWN));
    return queues;
  }
}
