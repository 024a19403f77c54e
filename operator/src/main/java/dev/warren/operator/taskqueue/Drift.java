package dev.warren.operator.taskqueue;

import dev.warren.operator.broker.Binding;
import dev.warren.operator.broker.BrokerChange;
import java.util.List;
import java.util.stream.Stream;

/// Says what somebody must have changed in a broker, from what would put it right. Pure.
final class Drift {
  /// An event's message has at most 1,024 characters.
  private static final int SHOWN = 8;

  private Drift() {}

  /// One sentence for each change.
  static List<String> of(List<BrokerChange> repairs) {
    return repairs.stream().flatMap(repair -> found(repair)).toList();
  }

  /// As one text, not too long.
  static String text(List<String> found) {
    var shown = String.join("; ", found.subList(0, Math.min(SHOWN, found.size())));
    return found.size() > SHOWN ? shown + "; and more" : shown;
  }

  private static Stream<String> found(BrokerChange repair) {
    return switch (repair) {
      case BrokerChange.CreateVhost() -> Stream.of("the vhost is missing");
      case BrokerChange.DeclareExchange(var exchange) ->
          Stream.of("exchange '%s' is missing".formatted(exchange.name()));
      case BrokerChange.DeclareQueue(var queue) ->
          Stream.of("queue '%s' is missing".formatted(queue.name()));
      case BrokerChange.Bind(var binding) -> Stream.of(shown(binding) + " is missing");
      case BrokerChange.Unbind(var binding) -> Stream.of(shown(binding) + " should not be there");
      case BrokerChange.PutUser(var user, _) ->
          Stream.of("user '%s' is missing or has another password".formatted(user));
      case BrokerChange.PutPermissions(var user, _) ->
          Stream.of("the permissions of user '%s' differ".formatted(user));
      case BrokerChange.DeleteExchange _,
          BrokerChange.DeleteQueue _,
          BrokerChange.DeleteEmptyQueue _,
          BrokerChange.PutPolicy _,
          BrokerChange.DeletePolicy _,
          BrokerChange.PutOperatorPolicy _,
          BrokerChange.DeleteOperatorPolicy _,
          BrokerChange.PutVhostLimit _,
          BrokerChange.DeleteUser _ ->
          Stream.empty();
    };
  }

  private static String shown(Binding binding) {
    return "the binding of %s '%s' to exchange '%s' by key '%s'"
        .formatted(
            binding.kind() == Binding.Kind.QUEUE ? "queue" : "exchange",
            binding.destination(),
            binding.exchange(),
            binding.routingKey());
  }
}
