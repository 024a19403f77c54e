package dev.warren.operator.broker;

import java.util.Map;

/// Settings that RabbitMQ gives to every queue whose name matches.
///
/// @param pattern regular expression over queue names
/// @param priority the highest policy that matches a queue wins alone
/// @param definition integers are `Long`
public record Policy(String name, String pattern, int priority, Map<String, Object> definition) {
  public Policy {
    definition = Map.copyOf(definition);
  }
}
