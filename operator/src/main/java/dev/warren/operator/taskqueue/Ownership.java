package dev.warren.operator.taskqueue;

import dev.warren.crds.ExchangeSpec;
import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskQueue;
import dev.warren.model.BrokerNames;
import dev.warren.operator.broker.BrokerVersion;
import dev.warren.operator.resource.Verdict;
import dev.warren.operator.topology.QueueSettings;
import dev.warren.operator.topology.TopicPattern;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// What in a vhost belongs to which TaskQueue: to the oldest that names it. Pure.
final class Ownership {
  /// The only type of exchange that namespaces may share.
  private static final String SHARED_TYPE = "topic";

  /// Times have whole seconds: of two of the same one, that which has the queue already keeps it,
  /// and as long as neither has, the uid decides.
  private static final Comparator<TaskQueue> OLDEST_FIRST =
      Comparator.comparing((TaskQueue queue) -> queue.getMetadata().getCreationTimestamp())
          .thenComparing(queue -> !hasQueue(queue))
          .thenComparing(queue -> queue.getMetadata().getUid());

  private Ownership() {}

  /// What keeps a TaskQueue from having what its settings name.
  static Optional<Verdict> conflict(
      TaskQueue queue, QueueSettings settings, TaskBroker broker, Neighbours neighbours) {
    return tooMany(queue, broker, neighbours.sameNamespace())
        .or(() -> nameTaken(queue, settings, broker, neighbours.sameName()))
        .or(() -> exchangeTaken(queue, settings, broker, neighbours.sameExchange()));
  }

  /// Whether a TaskQueue owns the name of its queue.
  static boolean ownsName(
      TaskQueue queue, QueueSettings.Place place, TaskBroker broker, List<TaskQueue> sameName) {
    return same(owner(queue, place, broker, sameName), queue);
  }

  private static Optional<Verdict> tooMany(
      TaskQueue queue, TaskBroker broker, List<TaskQueue> sameNamespace) {
    var ceiling = CeilingCheck.of(broker).queuesPerNamespace();
    if (ceiling == null) {
      return Optional.empty();
    }
    var older = sameNamespace.stream().filter(other -> isOlder(other, queue)).count();
    return older < ceiling
        ? Optional.empty()
        : Optional.of(
            Verdict.notReady(
                "CeilingExceeded",
                "namespace '%s' has more TaskQueues than spec.ceilings.queuesPerNamespace %d of %s, and this one is not among the oldest; delete one, or ask for a higher ceiling"
                    .formatted(
                        queue.getMetadata().getNamespace(), ceiling, CeilingCheck.owner(broker))));
  }

  /// What keeps a TaskQueue from having its queue.
  static Optional<Verdict> nameTaken(
      TaskQueue queue, QueueSettings settings, TaskBroker broker, List<TaskQueue> sameName) {
    var owner = owner(queue, settings.place(), broker, sameName);
    return same(owner, queue)
        ? Optional.empty()
        : conflict(
            "queue '%s' in vhost '%s' belongs to the older TaskQueue %s; set another spec.queueName"
                .formatted(settings.queue(), settings.vhost(), shown(owner)));
  }

  private static TaskQueue owner(
      TaskQueue queue, QueueSettings.Place place, TaskBroker broker, List<TaskQueue> sameName) {
    return sameName.stream()
        .filter(other -> placeOf(other, broker).vhost().equals(place.vhost()))
        .min(OLDEST_FIRST)
        .orElse(queue);
  }

  /// Namespaces that share a vhost may share a topic exchange as long as no key leads to queues of
  /// both: who binds to another's key would read the other's tasks. Of an exchange of another type
  /// RabbitMQ cannot grant some keys only, so that who publishes could write to the other's queue.
  private static Optional<Verdict> exchangeTaken(
      TaskQueue queue, QueueSettings settings, TaskBroker broker, List<TaskQueue> sameExchange) {
    return olderStrangers(queue, settings, broker, sameExchange)
        .flatMap(other -> exchangeTaken(settings, other).stream())
        .findFirst();
  }

  /// What keeps namespaces from sharing a topic exchange at all: before 4.0 RabbitMQ looks at the
  /// routing key of a message only, and not at those in its CC and BCC headers, when it decides
  /// whether a user may publish with it.
  static Optional<Verdict> exchangeNotShareable(
      TaskQueue queue,
      QueueSettings settings,
      TaskBroker broker,
      Neighbours neighbours,
      BrokerVersion version) {
    return version.atLeast(4, 0)
        ? Optional.empty()
        : olderStrangers(queue, settings, broker, neighbours.sameExchange())
            .filter(other -> exchangeOf(other).equals(settings.exchange().name()))
            .findFirst()
            .flatMap(
                other ->
                    conflict(
                        "exchange '%s' belongs to the older TaskQueue %s of another namespace, and namespaces share an exchange only from RabbitMQ 4.0 on, this is %s; set another spec.exchange.name"
                            .formatted(settings.exchange().name(), shown(other), version.text())));
  }

  /// TaskQueues of other namespaces in the same vhost that came before.
  private static Stream<TaskQueue> olderStrangers(
      TaskQueue queue, QueueSettings settings, TaskBroker broker, List<TaskQueue> sameExchange) {
    return sameExchange.stream()
        .filter(
            other -> !other.getMetadata().getNamespace().equals(queue.getMetadata().getNamespace()))
        .filter(other -> placeOf(other, broker).equals(settings.place()))
        .filter(other -> isOlder(other, queue))
        .sorted(OLDEST_FIRST);
  }

  private static Optional<Verdict> exchangeTaken(QueueSettings settings, TaskQueue other) {
    var exchange = settings.exchange().name();
    var theirs = exchangeOf(other);
    var deadLetters = settings.deadLetters().exchange();
    if (deadLetters.equals(theirs) || deadLetters.equals(deadLetterExchangeOf(other))) {
      return conflict(
          "exchange '%s' belongs to the older TaskQueue %s of another namespace; set another spec.deadLetter.exchange"
              .formatted(deadLetters, shown(other)));
    }
    if (exchange.equals(deadLetterExchangeOf(other))) {
      return conflict(
          "exchange '%s' takes the dead letters of the older TaskQueue %s of another namespace; set another spec.exchange.name"
              .formatted(exchange, shown(other)));
    }
    return exchange.equals(theirs) ? keyTaken(settings, other) : Optional.empty();
  }

  private static Optional<Verdict> keyTaken(QueueSettings settings, TaskQueue other) {
    var exchange = settings.exchange();
    var type = typeOf(other);
    if (!type.equals(SHARED_TYPE) || !type.equals(exchange.type())) {
      return conflict(
          "exchange '%s' is of type %s and belongs to the older TaskQueue %s of another namespace, and only Topic exchanges are shared between namespaces; set another spec.exchange.name"
              .formatted(exchange.name(), type, shown(other)));
    }
    var theirs = keysOf(other).stream().map(TopicPattern::parse).toList();
    return settings.routes().stream()
        .map(QueueSettings.Route::routingKey)
        .filter(key -> theirs.stream().anyMatch(TopicPattern.parse(key)::overlaps))
        .findFirst()
        .flatMap(
            key ->
                conflict(
                    "routing key '%s' of exchange '%s' overlaps with one of the older TaskQueue %s of another namespace; set other spec.routingKeys or another spec.exchange.name"
                        .formatted(key, settings.exchange().name(), shown(other))));
  }

  /// The exchanges that a TaskQueue names, before its spec is known to be in order.
  static Stream<String> exchangesOf(TaskQueue queue) {
    return Stream.of(exchangeOf(queue), deadLetterExchangeOf(queue)).distinct();
  }

  private static String exchangeOf(TaskQueue queue) {
    var exchange = SettingsResolver.spec(queue).exchange();
    return Objects.requireNonNullElse(
        exchange == null ? null : exchange.name(), BrokerNames.TASK_EXCHANGE);
  }

  private static String typeOf(TaskQueue queue) {
    var exchange = SettingsResolver.spec(queue).exchange();
    return Objects.requireNonNullElse(
            exchange == null ? null : exchange.type(), ExchangeSpec.Type.Topic)
        .name()
        .toLowerCase(Locale.ROOT);
  }

  private static List<String> keysOf(TaskQueue queue) {
    return Objects.requireNonNullElse(
        SettingsResolver.spec(queue).routingKeys(), List.of(queue.getMetadata().getName()));
  }

  private static String deadLetterExchangeOf(TaskQueue queue) {
    var spec = SettingsResolver.spec(queue).deadLetter();
    var name = spec == null ? null : spec.exchange();
    return name == null || name.equals(BrokerNames.DEAD_LETTER_EXCHANGE)
        ? BrokerNames.within(
            Optional.of(queue.getMetadata().getNamespace()), BrokerNames.DEAD_LETTER_EXCHANGE)
        : name;
  }

  private static QueueSettings.Place placeOf(TaskQueue queue, TaskBroker broker) {
    return SettingsResolver.place(broker, queue.getMetadata().getNamespace());
  }

  private static boolean isOlder(TaskQueue other, TaskQueue queue) {
    return !same(other, queue) && OLDEST_FIRST.compare(other, queue) < 0;
  }

  private static boolean same(TaskQueue one, TaskQueue other) {
    return one.getMetadata().getNamespace().equals(other.getMetadata().getNamespace())
        && one.getMetadata().getName().equals(other.getMetadata().getName());
  }

  private static boolean hasQueue(TaskQueue queue) {
    return queue.getStatus() != null && queue.getStatus().queueName() != null;
  }

  private static Optional<Verdict> conflict(String message) {
    return Optional.of(Verdict.notReady("Conflict", message));
  }

  private static String shown(TaskQueue queue) {
    return "'%s/%s'".formatted(queue.getMetadata().getNamespace(), queue.getMetadata().getName());
  }
}
