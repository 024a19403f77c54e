package dev.warren.operator.topology;

import static java.util.stream.Collectors.groupingBy;

import dev.warren.operator.broker.Binding;
import dev.warren.operator.broker.Exchange;
import dev.warren.operator.broker.VhostSnapshot;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Where RabbitMQ routes a message: written from its documentation and source, to compare with.
///
/// @param bindings by the exchange that they lead from
record Routing(Map<String, Exchange> exchanges, Map<String, List<Binding>> bindings) {
  /// That of a vhost.
  static Routing of(VhostSnapshot vhost) {
    return new Routing(
        vhost.exchanges(), vhost.bindings().stream().collect(groupingBy(Binding::exchange)));
  }

  /// The queues that get a message: each at most once however many ways lead there, and an
  /// alternate exchange is asked only by an exchange which by itself routes to nothing.
  Set<String> queues(String exchange, Message message) {
    var queues = new TreeSet<String>();
    var seen = new HashSet<String>();
    var asked = new ArrayDeque<>(List.of(exchange));
    while (!asked.isEmpty()) {
      var next = exchanges.get(asked.pop());
      if (next == null || !seen.add(next.name())) {
        continue;
      }
      var matching = matching(next, message);
      if (matching.isEmpty()
          && next.arguments().get("alternate-exchange") instanceof String other) {
        asked.add(other);
      }
      for (var binding : matching) {
        (binding.kind() == Binding.Kind.QUEUE ? queues : asked).add(binding.destination());
      }
    }
    return queues;
  }

  private List<Binding> matching(Exchange exchange, Message message) {
    var leading = bindings.getOrDefault(exchange.name(), List.of());
    return exchange.type().equals(Lineage.SPREAD_TYPE)
        ? hashed(leading, message)
        : leading.stream().filter(it -> matches(exchange.type(), it, message)).toList();
  }

  /// One of them, by weight.
  private static List<Binding> hashed(List<Binding> bindings, Message message) {
    var weighted =
        bindings.stream()
            .sorted(Comparator.comparing(Binding::destination))
            .flatMap(it -> Collections.nCopies(Integer.parseInt(it.routingKey()), it).stream())
            .toList();
    return weighted.isEmpty()
        ? List.of()
        : List.of(weighted.get(Math.floorMod(message.id().hashCode(), weighted.size())));
  }

  /// Whether an exchange of this type routes a message by a binding.
  static boolean matches(String type, Binding binding, Message message) {
    return switch (type) {
      case "fanout" -> true;
      case "direct" -> binding.routingKey().equals(message.routingKey());
      case "topic" -> topic(binding.routingKey(), message.routingKey());
      case "headers" -> headers(binding.arguments(), message.headers());
      default -> throw new AssertionError("no such type of exchange: " + type);
    };
  }

  /// Whether a topic exchange routes this key by that pattern.
  static boolean topic(String pattern, String key) {
    return topic(words(pattern), words(key));
  }

  private static boolean topic(List<String> pattern, List<String> key) {
    if (pattern.isEmpty()) {
      return key.isEmpty();
    }
    var rest = pattern.subList(1, pattern.size());
    if (pattern.getFirst().equals("#")) {
      return topic(rest, key) || (!key.isEmpty() && topic(pattern, key.subList(1, key.size())));
    }
    return !key.isEmpty()
        && (pattern.getFirst().equals("*") || pattern.getFirst().equals(key.getFirst()))
        && topic(rest, key.subList(1, key.size()));
  }

  /// An empty key has no words; any other has one more than it has dots.
  private static List<String> words(String key) {
    return key.isEmpty() ? List.of() : Arrays.asList(key.split("\\.", -1));
  }

  private static boolean headers(Map<String, Object> wanted, Map<String, Object> headers) {
    var compared =
        wanted.entrySet().stream().filter(entry -> !entry.getKey().startsWith("x-")).toList();
    return "any".equals(wanted.get("x-match"))
        ? compared.stream().anyMatch(headers.entrySet()::contains)
        : headers.entrySet().containsAll(compared);
  }
}
