package dev.warren.examples.platform;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The command line of a program of this example: names, each with its value.
///
/// @param values by name
record CommandLine(Map<String, String> values) {
  private static final int MOST_TASKS = 100_000;

  CommandLine {
    values = Map.copyOf(values);
  }

  /// @throws IllegalArgumentException if a name has no value
  static CommandLine parse(String[] arguments) {
    var values = new HashMap<String, String>();
    for (int i = 0; i < arguments.length; i += 2) {
      if (!arguments[i].startsWith("--") || i + 1 == arguments.length) {
        throw new IllegalArgumentException("'%s' is not understood".formatted(arguments[i]));
      }
      values.put(arguments[i], arguments[i + 1]);
    }
    return new CommandLine(values);
  }

  /// An absolute path, because workers run elsewhere.
  ///
  /// @throws IllegalArgumentException if it is missing
  Path path(String name) {
    return Path.of(value(name)).toAbsolutePath().normalize();
  }

  /// @throws IllegalArgumentException if `--tasks` is missing or out of range
  int tasks() {
    var text = value("--tasks");
    if (!text.matches("\\d{1,6}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > MOST_TASKS) {
      throw new IllegalArgumentException(
          "--tasks is '%s'; use 1 to %d".formatted(text, MOST_TASKS));
    }
    return Integer.parseInt(text);
  }

  private String value(String name) {
    var value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }
}
