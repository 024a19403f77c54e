package dev.warren.operator.broker;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Settings that RabbitMQ gives to every queue whose name matches: a policy, or an operator policy.
///
/// @param pattern regular expression, found anywhere in a queue's name
/// @param applyTo `queues`, `classic_queues`, `quorum_queues`, `all`, or what is no queue
/// @param priority the highest policy that matches a queue wins alone
/// @param definition integers are `Long`
public record Policy(
    String name, String pattern, String applyTo, int priority, Map<String, Object> definition) {
  public Policy {
    definition = Map.copyOf(definition);
  }

  /// One for queues of every type.
  public Policy(String name, String pattern, int priority, Map<String, Object> definition) {
    this(name, pattern, "queues", priority, definition);
  }

  /// Whether this queue matches.
  public boolean matches(Queue queue) {
    return appliesTo(queue) && matches(queue.name());
  }

  private boolean appliesTo(Queue queue) {
    return applyTo.equals("all")
        || applyTo.equals("queues")
        || applyTo.equals(queue.type().argument() + "_queues");
  }

  private boolean matches(String queue) {
    try {
      return Pattern.compile(pattern).matcher(queue).find();
    } catch (PatternSyntaxException e) {
      return false;
    }
  }
}
