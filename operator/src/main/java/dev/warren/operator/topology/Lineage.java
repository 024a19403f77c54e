package dev.warren.operator.topology;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.warren.model.BrokerNames;
import dev.warren.model.QueueType;
import dev.warren.operator.broker.Binding;
import dev.warren.operator.broker.Exchange;
import dev.warren.operator.broker.Queue;
import dev.warren.operator.broker.VhostSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The generations of the queues that hold one kind of messages of a task queue: tasks, or dead
/// letters. Pure.
///
/// The first generation has the task queue's name, `<queue>`, a later one `<queue>.g<number>`;
/// `.<index>` follows for a shard, `.dlq` for dead letters.
///
/// @param settings of the task queue, as they should be
/// @param deadLetters which of the two kinds
record Lineage(QueueSettings settings, boolean deadLetters) {
  /// The argument that says to which TaskQueue a queue belongs. RabbitMQ keeps it and does not
  /// compare it, so that it survives whatever is lost in Kubernetes and hinders nobody else.
  static final String OWNER = "x-warren-task-queue";

  /// The argument that says of a shard how many there are: one that was deleted can be declared
  /// again, but one more among those that are there would get tasks of theirs.
  private static final String SHARDS = "x-warren-shards";

  /// What begins the name of an exchange that spreads tasks over shards.
  static final String SPREAD_PREFIX = "warren.shards.";

  /// Its type, which a plugin of RabbitMQ brings.
  static final String SPREAD_TYPE = "x-consistent-hash";

  private static final Pattern AFTER_NAME =
      Pattern.compile("(?:\\.g(?<number>[1-9]\\d{0,8}))?(?:\\.(?<part>dlq|\\d{1,3}))?");

  /// The generation of this number, as it should be.
  Generation desired(int number) {
    var base = base(number);
    if (deadLetters) {
      return single(number, BrokerNames.deadLetterQueue(base));
    }
    if (settings.shape().shards() == 1) {
      return single(number, base);
    }
    var shards =
        IntStream.range(0, settings.shape().shards())
            .mapToObj(index -> new Queue(base + "." + index, arguments()))
            .toList();
    return new Generation(number, shards, Optional.of(spread(base)));
  }

  /// The generations that are there, by number, as they are.
  List<Generation> found(VhostSnapshot vhost) {
    var named = named(vhost);
    var own = named.stream().filter(queue -> owned(queue) || hasFirstName(queue)).toList();
    return Stream.concat(own.stream(), adoptable(named, own))
        .collect(groupingBy(found -> number(found.name()), TreeMap::new, toList()))
        .entrySet()
        .stream()
        .map(entry -> found(entry.getKey(), entry.getValue()))
        .toList();
  }

  /// All queues that have a name of some generation.
  private List<Queue> named(VhostSnapshot vhost) {
    var queue = Optional.ofNullable(vhost.queues().get(settings.queue()));
    return Stream.concat(queue.stream(), vhost.queuesBeginningWith(settings.queue() + ".").stream())
        .filter(found -> number(found.name()) > 0)
        .toList();
  }

  /// Those of others that have the names of the first generation, unless Warren made that already
  /// with other names.
  private Stream<Queue> adoptable(List<Queue> named, List<Queue> own) {
    if (own.size() == named.size()) {
      return Stream.empty();
    }
    var first = desired(1).queueNames();
    var made = own.stream().map(Queue::name).filter(name -> number(name) == 1).toList();
    return first.containsAll(made)
        ? named.stream().filter(found -> !own.contains(found) && first.contains(found.name()))
        : Stream.empty();
  }

  /// The number of a generation that can be made without touching anything that is there.
  int free(VhostSnapshot vhost, int atLeast) {
    return IntStream.iterate(atLeast, number -> number + 1)
        .filter(
            number -> desired(number).queueNames().stream().noneMatch(vhost.queues()::containsKey))
        .findFirst()
        .orElseThrow();
  }

  /// Whether a binding is one that every generation has while messages go to it.
  boolean isOwn(Binding binding) {
    return binding.routingKey().equals(settings.queue())
        && (deadLetters || binding.exchange().equals(settings.returnExchange()));
  }

  /// Whether a queue says that it belongs to this TaskQueue.
  boolean owned(Queue found) {
    return owner().equals(found.arguments().get(OWNER));
  }

  /// Its exchange follows from the names of its queues, because either may be there without the
  /// other.
  private Generation found(int number, List<Queue> queues) {
    var base = base(number);
    return new Generation(
        number,
        queues,
        deadLetters || queues.getFirst().name().equals(base)
            ? Optional.empty()
            : Optional.of(spread(base)));
  }

  /// Whether it has the name that queues had before there were generations or shards.
  private boolean hasFirstName(Queue found) {
    return found.name().equals(settings.queue())
        || found.name().equals(BrokerNames.deadLetterQueue(settings.queue()));
  }

  /// Whether one of its generations has, or could have, a queue of this name.
  boolean names(String queue) {
    return queue.startsWith(settings.queue()) && number(queue) > 0;
  }

  /// The number of the generation that a queue of this name belongs to; 0 if to none.
  private int number(String name) {
    var match = AFTER_NAME.matcher(name.substring(settings.queue().length()));
    if (!match.matches() || "dlq".equals(match.group("part")) != deadLetters) {
      return 0;
    }
    return Optional.ofNullable(match.group("number")).map(Integer::parseInt).orElse(1);
  }

  private String base(int number) {
    return number == 1 ? settings.queue() : settings.queue() + ".g" + number;
  }

  private String owner() {
    return settings.namespace() + "/" + settings.name();
  }

  private Generation single(int number, String name) {
    return new Generation(number, List.of(new Queue(name, arguments())), Optional.empty());
  }

  /// Hashes the task id, which makes shards equally long whatever the routing keys are.
  private static Exchange spread(String base) {
    return new Exchange(SPREAD_PREFIX + base, SPREAD_TYPE, Map.of("hash-property", "message_id"));
  }

  private Map<String, Object> arguments() {
    var arguments = new HashMap<String, Object>();
    arguments.put(OWNER, owner());
    arguments.put("x-queue-type", settings.type().argument());
    if (deadLetters) {
      return arguments;
    }
    var shape = settings.shape();
    arguments.putAll(shape.arguments());
    arguments.put("x-dead-letter-exchange", settings.deadLetters().exchange());
    arguments.put("x-dead-letter-routing-key", settings.queue());
    // Quorum queues that know priorities take them without an argument, and refuse one.
    if (shape.type() == QueueType.CLASSIC && shape.priorities().isPresent()) {
      arguments.put("x-max-priority", (long) shape.priorities().getAsInt());
    }
    if (shape.shards() > 1) {
      arguments.put(SHARDS, (long) shape.shards());
    }
    if (shape.singleActiveConsumer()) {
      arguments.put("x-single-active-consumer", true);
    }
    return arguments;
  }
}
