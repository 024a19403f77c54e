package dev.warren.operator.taskqueue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Reads the arguments of a binding to a headers exchange. Pure.
final class HeaderArguments {
  /// Says how many of the headers must agree.
  private static final String MATCH = "x-match";

  /// AMQP's limit for the name of a header.
  private static final int MAX_NAME_BYTES = 255;

  private HeaderArguments() {}

  /// Arguments as RabbitMQ lists them: integers are `Long`.
  ///
  /// @param problems what is wrong is added here
  static Map<String, Object> read(Map<String, Object> arguments, List<String> problems) {
    var read = new TreeMap<String, Object>();
    arguments.forEach(
        (header, value) -> {
          switch (value) {
            case Integer number -> read.put(header, number.longValue());
            case String _, Boolean _, Long _ -> read.put(header, value);
            case null, default ->
                problems.add(
                    "spec.bindings has header '%s' with value '%s'; use a string, an integer, true or false"
                        .formatted(header, value));
          }
        });
    return read;
  }

  /// What is wrong with the names of the headers.
  static void check(Map<String, Object> arguments, List<String> problems) {
    if (arguments.keySet().equals(Set.of(MATCH))) {
      problems.add(
          "spec.bindings has x-match without a header, which fits every task; name a header");
    }
    arguments.keySet().forEach(header -> checkName(header, problems));
  }

  private static void checkName(String header, List<String> problems) {
    var bytes = header.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0 || bytes > MAX_NAME_BYTES) {
      problems.add(
          "spec.bindings has header '%s'; use a name of 1 to %d bytes"
              .formatted(header, MAX_NAME_BYTES));
    }
  }
}
