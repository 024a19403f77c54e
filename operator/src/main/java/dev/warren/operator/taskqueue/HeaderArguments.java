package dev.warren.operator.taskqueue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads the arguments of a binding to a headers exchange. Pure.
final class HeaderArguments {
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
}
