package dev.warren.operator.taskqueue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads extra arguments of a queue. Pure.
final class QueueArguments {
  private static final Set<String> OWN =
      Set.of(
          "x-queue-type",
          "x-max-priority",
          "x-single-active-consumer",
          "x-dead-letter-exchange",
          "x-dead-letter-routing-key");

  private QueueArguments() {}

  /// Arguments as RabbitMQ lists them: integers are `Long`; a boolean arrives as text, because the
  /// schema's values are strings and integers.
  ///
  /// @param problems what is wrong is added here
  static Map<String, Object> read(@Nullable Map<String, Object> arguments, List<String> problems) {
    var read = new HashMap<String, Object>();
    if (arguments != null) {
      arguments.forEach(
          (name, value) -> {
            if (!name.startsWith("x-")) {
              problems.add(
                  "spec.arguments has '%s'; names of queue arguments begin with 'x-'"
                      .formatted(name));
            } else if (name.startsWith("x-warren-") || OWN.contains(name)) {
              problems.add(
                  "spec.arguments has '%s', which Warren sets or a field of its own does; leave it out"
                      .formatted(name));
            } else if (name.equals("x-expires")) {
              problems.add(
                  "spec.arguments has 'x-expires', which deletes the queue with its tasks while no worker runs; leave it out");
            }
            value(value)
                .ifPresentOrElse(
                    known -> read.put(name, known),
                    () ->
                        problems.add(
                            "spec.arguments has '%s' with value '%s'; use a string, an integer, \"true\" or \"false\""
                                .formatted(name, value)));
          });
    }
    return read;
  }

  /// A value as RabbitMQ lists it; empty for one that the schema does not allow.
  private static Optional<Object> value(@Nullable Object value) {
    return switch (value) {
      case Integer number -> Optional.of(number.longValue());
      case Long number -> Optional.of(number);
      case String text when text.equals("true") || text.equals("false") ->
          Optional.of(Boolean.parseBoolean(text));
      case String text -> Optional.of(text);
      case null, default -> Optional.empty();
    };
  }
}
