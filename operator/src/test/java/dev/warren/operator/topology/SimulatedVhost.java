package dev.warren.operator.topology;

import static dev.warren.operator.testing.Snapshots.figures;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.operator.broker.Binding;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.Exchange;
import dev.warren.operator.broker.Queue;
import dev.warren.operator.broker.VhostSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A vhost with messages in it, which takes changes as RabbitMQ takes them and refuses what
/// RabbitMQ refuses. For one test, by one thread.
final class SimulatedVhost {
  private VhostSnapshot snapshot;

  /// That of the snapshot.
  private Routing routing;

  /// By queue. The snapshot only knows whether there are any.
  private final Map<String, List<String>> messages = new HashMap<>();

  SimulatedVhost(VhostSnapshot snapshot) {
    this.snapshot = snapshot;
    routing = Routing.of(snapshot);
  }

  VhostSnapshot snapshot() {
    return snapshot;
  }

  /// The queues that would get a message.
  Set<String> receivers(String exchange, Message message) {
    return routing.queues(exchange, message);
  }

  /// Publishes a message; returns the queues that got it.
  Set<String> publish(String exchange, Message message) {
    var queues = receivers(exchange, message);
    queues.forEach(queue -> put(queue, message.id()));
    return queues;
  }

  /// Publishes a retry and lets its time pass; returns the queues that got it back, none if the
  /// lane did not take it.
  Set<String> retry(String lane, Message message) {
    var delayed = receivers(lane, message);
    return !delayed.equals(Set.of(lane))
        ? Set.of()
        : publish(argument(lane, "x-dead-letter-exchange"), message);
  }

  /// Dead-letters a message of this queue; returns the queues that got it.
  Set<String> deadLetter(String queue, String id) {
    return publish(
        argument(queue, "x-dead-letter-exchange"),
        new Message(id, argument(queue, "x-dead-letter-routing-key")));
  }

  /// Takes all messages from a queue.
  List<String> drain(String queue) {
    snapshot = snapshot.withFigures(queue, figures(0, 0));
    return Objects.requireNonNullElse(messages.remove(queue), List.of());
  }

  void apply(BrokerChange change) {
    var refused =
        switch (change) {
          case BrokerChange.DeclareExchange(var exchange) -> {
            checkSame(exchange, snapshot.exchanges().get(exchange.name()));
            yield false;
          }
          case BrokerChange.DeclareQueue(var queue) -> {
            checkSame(queue, snapshot.queues().get(queue.name()));
            yield false;
          }
          case BrokerChange.Bind(var binding) -> {
            checkEnds(binding);
            yield false;
          }
          case BrokerChange.DeleteEmptyQueue(var queue) -> messages.containsKey(queue.name());
          case BrokerChange.DeleteQueue(var name) ->
              throw new AssertionError("deletes queue %s, empty or not".formatted(name));
          default -> false;
        };
    if (!refused) {
      snapshot = snapshot.with(change);
      routing = Routing.of(snapshot);
    }
  }

  private void put(String queue, String message) {
    var held = messages.computeIfAbsent(queue, _ -> new ArrayList<>());
    held.add(message);
    if (held.size() == 1) {
      snapshot = snapshot.withFigures(queue, figures(1, 0));
    }
  }

  private String argument(String queue, String argument) {
    return String.valueOf(
        Objects.requireNonNull(snapshot.queues().get(queue), queue).arguments().get(argument));
  }

  private void checkSame(Exchange exchange, @Nullable Exchange present) {
    assertThat(snapshot.exists()).isTrue();
    assertThat(present == null || present.equals(exchange)).as("fits: %s", present).isTrue();
  }

  private void checkSame(Queue queue, @Nullable Queue present) {
    assertThat(snapshot.exists()).isTrue();
    assertThat(present == null || present.equals(queue)).as("fits: %s", present).isTrue();
  }

  private void checkEnds(Binding binding) {
    var to =
        binding.kind() == Binding.Kind.QUEUE
            ? snapshot.queues().keySet()
            : snapshot.exchanges().keySet();
    assertThat(snapshot.exchanges()).as("source of %s", binding).containsKey(binding.exchange());
    assertThat(to).as("destination of %s", binding).contains(binding.destination());
  }
}
