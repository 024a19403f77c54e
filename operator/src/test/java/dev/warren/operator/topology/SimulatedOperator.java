package dev.warren.operator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.model.DelayLane;
import dev.warren.operator.broker.Binding;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.Exchange;
import dev.warren.operator.broker.VhostSnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// An operator that makes one task queue what its settings say and may be stopped after any step,
/// beside producers and workers that never stop: after each step it is checked that no message is
/// lost and none is in two queues. For one test, by one thread.
final class SimulatedOperator {
  /// Somebody else's exchange.
  static final String AUDIT = "audit";

  private static final List<String> KEYS = List.of("", "orders", "a", "a.b", "a.b.c", "b");
  private static final List<Map<String, Object>> HEADERS =
      List.of(Map.of(), Map.of("size", "big"), Map.of("size", "big", "kind", "image"));
  private static final int MANY = 1_000;

  private final SimulatedVhost vhost;
  private boolean audited;

  /// What was asked for since all steps of a plan were last taken, the plan of then included.
  private final List<QueueSettings> inPlay = new ArrayList<>();

  /// What all steps were last taken for.
  private Optional<QueueSettings> settled = Optional.empty();

  private final Set<String> published = new HashSet<>();
  private final List<String> consumed = new ArrayList<>();
  private int lastId;

  SimulatedOperator(VhostSnapshot snapshot) {
    vhost = new SimulatedVhost(snapshot);
  }

  VhostSnapshot snapshot() {
    return vhost.snapshot();
  }

  /// Takes all steps for these settings.
  void make(QueueSettings settings) {
    make(settings, MANY);
  }

  /// Takes the first steps for these settings, with those that delete what is retired.
  void make(QueueSettings settings, int steps) {
    inPlay.add(settings);
    var planned = plan(settings);
    planned.stream().limit(steps).forEach(this::take);
    if (steps >= planned.size()) {
      settled = Optional.of(settings);
      inPlay.clear();
      inPlay.add(settings);
    }
  }

  /// Takes all steps, lets the workers finish what is retired, and has it deleted.
  void finish(QueueSettings settings) {
    make(settings);
    for (int i = 0; i < MANY && topology(settings).retired().isPresent(); i++) {
      drain(topology(settings).retired().get());
      make(settings);
    }
    assertThat(topology(settings).retired()).as("all that is retired gets deleted").isEmpty();
    assertThat(plan(settings)).as("second plan").isEmpty();
  }

  /// Has the workers take all there is.
  void drain() {
    List.copyOf(vhost.snapshot().queues().keySet()).forEach(it -> consumed.addAll(vhost.drain(it)));
    assertThat(consumed).doesNotHaveDuplicates().hasSameSizeAs(published);
    assertThat(Set.copyOf(consumed).equals(published)).as("all that was published").isTrue();
  }

  /// Somebody binds an exchange of his own to one of the queues that are there.
  void audit(int choice) {
    var queues = taskQueues().toList();
    var queue = queues.get(choice % queues.size());
    vhost.apply(new BrokerChange.DeclareExchange(new Exchange(AUDIT, "fanout")));
    vhost.apply(new BrokerChange.Bind(new Binding(AUDIT, queue, "")));
    audited = true;
  }

  /// The queues that get a message of this kind now.
  Set<String> receivers(String exchange, Message message) {
    return vhost.receivers(exchange, message);
  }

  QueueTopology topology(QueueSettings settings) {
    return switch (new Claim(settings, settled.isPresent(), true).topology(snapshot())) {
      case QueueTopology.Choice.Possible(var topology) -> topology;
      case QueueTopology.Choice.Differs(var differences) -> throw new AssertionError(differences);
    };
  }

  List<BrokerChange> plan(QueueSettings settings) {
    var topology = topology(settings);
    var former = settled.map(it -> it.exchange().name());
    return Stream.concat(
            topology.changes(snapshot(), former).stream(),
            topology.retired().stream().flatMap(it -> topology.delete(it).stream()))
        .toList();
  }

  /// Messages that a producer may publish to this exchange.
  static Stream<Message> messages(Exchange exchange) {
    return exchange.type().equals("headers")
        ? HEADERS.stream().map(headers -> new Message("", "", headers))
        : KEYS.stream().map(key -> new Message("", key));
  }

  /// Whether a task queue with these settings wants a message.
  static boolean wanted(QueueSettings settings, Exchange exchange, Message message) {
    return settings.exchange().equals(exchange)
        && settings.routes().stream()
            .map(it -> new Binding("", Binding.Kind.QUEUE, "", it.routingKey(), it.arguments()))
            .anyMatch(binding -> Routing.matches(exchange.type(), binding, message));
  }

  private void drain(Generation retired) {
    retired.queueNames().forEach(queue -> consumed.addAll(vhost.drain(queue)));
  }

  private void take(BrokerChange change) {
    vhost.apply(change);
    Supplier<String> as = () -> "after %s, on the way from %s".formatted(change, inPlay);
    inPlay.stream().map(QueueSettings::exchange).distinct().forEach(it -> publish(it, as));
    taskQueues().forEach(queue -> deadLetter(queue, as));
    if (settled.isPresent()) {
      retry(settled.get(), as);
    }
    if (audited) {
      var id = id();
      once(as, vhost.publish(AUDIT, new Message(id, "")), id);
    }
  }

  private void publish(Exchange exchange, Supplier<String> as) {
    messages(exchange)
        .map(message -> new Message(id(), message.routingKey(), message.headers()))
        .forEach(
            message -> {
              var queues = vhost.publish(exchange.name(), message);
              if (!queues.isEmpty()
                  || (settled.isPresent()
                      && inPlay.stream().allMatch(it -> wanted(it, exchange, message)))) {
                once(as, queues, message.id());
              }
            });
  }

  private void retry(QueueSettings settings, Supplier<String> as) {
    for (var lane : settings.delayLanes().stream().map(DelayLane::name).toList()) {
      var id = id();
      once(as, vhost.retry(lane, new Message(id, settings.queue())), id);
    }
  }

  private void deadLetter(String queue, Supplier<String> as) {
    var id = id();
    once(as, vhost.deadLetter(queue, id), id);
  }

  /// Without AssertJ, because this is asked millions of times.
  private void once(Supplier<String> as, Set<String> queues, String id) {
    if (queues.size() != 1) {
      throw new AssertionError("message %s is in %s %s".formatted(id, queues, as.get()));
    }
    published.add(id);
  }

  private Stream<String> taskQueues() {
    return List.copyOf(vhost.snapshot().queues().keySet()).stream()
        .filter(it -> it.startsWith("orders") && !it.endsWith(".dlq"));
  }

  private String id() {
    return String.valueOf(++lastId);
  }
}
