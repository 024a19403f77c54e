package dev.warren.operator.topology;

import dev.warren.operator.broker.Binding;
import dev.warren.operator.broker.Exchange;
import dev.warren.operator.broker.Queue;
import dev.warren.operator.broker.QueueFigures;
import dev.warren.operator.broker.VhostSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The queues that hold one kind of messages of a task queue, tasks or dead letters, between two
/// changes of what cannot change in place.
///
/// @param number 1 for the first
/// @param queues one, or the shards in their order
/// @param spread the exchange that spreads messages over the shards; empty for one queue
public record Generation(int number, List<Queue> queues, Optional<Exchange> spread) {
  public Generation {
    queues = List.copyOf(queues);
  }

  /// What bindings must lead to for a message to get into it.
  Entry entry() {
    return spread
        .map(exchange -> new Entry(Binding.Kind.EXCHANGE, exchange.name()))
        .orElseGet(() -> new Entry(Binding.Kind.QUEUE, queues.getFirst().name()));
  }

  /// What bindings may lead to: somebody may have bound an exchange of his own to a single shard.
  List<Entry> entries() {
    return Stream.concat(
            Stream.of(entry()),
            queueNames().stream().map(name -> new Entry(Binding.Kind.QUEUE, name)))
        .distinct()
        .toList();
  }

  /// Names of its queues.
  public List<String> queueNames() {
    return queues.stream().map(Queue::name).toList();
  }

  /// What is in its queues together.
  public QueueFigures figures(VhostSnapshot vhost) {
    return queues.stream()
        .map(queue -> vhost.figuresOf(queue.name()))
        .reduce(QueueFigures::plus)
        .orElse(QueueFigures.UNKNOWN);
  }

  /// The bindings between its own parts.
  List<Binding> innerBindings() {
    return spread.stream()
        .flatMap(
            exchange ->
                queues.stream().map(queue -> new Binding(exchange.name(), queue.name(), WEIGHT)))
        .toList();
  }

  /// On a consistent-hash exchange a binding's routing key is its weight: all shards get as much.
  private static final String WEIGHT = "1";
}
