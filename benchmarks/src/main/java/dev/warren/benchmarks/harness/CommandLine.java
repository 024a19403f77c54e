package dev.warren.benchmarks.harness;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Options with a value each, as `--name value`.
///
/// @param values those that were given
public record CommandLine(Map<String, String> values) {
  /// Copies them.
  public CommandLine {
    values = Map.copyOf(values);
  }

  /// Reads arguments.
  ///
  /// @param names all that there are
  /// @throws IllegalArgumentException if an argument is none of them, or has no value
  public static CommandLine parse(String[] arguments, Set<String> names) {
    var values = new HashMap<String, String>();
    for (int i = 0; i < arguments.length; i += 2) {
      if (!names.contains(arguments[i]) || i + 1 == arguments.length) {
        throw new IllegalArgumentException("'%s' is not understood".formatted(arguments[i]));
      }
      values.put(arguments[i], arguments[i + 1]);
    }
    return new CommandLine(values);
  }

  /// The value of an option.
  public String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  /// The value of an option that can't be left out.
  ///
  /// @throws IllegalArgumentException if it was
  public String required(String name) {
    var value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("%s is missing".formatted(name));
    }
    return value;
  }

  /// The value of an option that is a whole number.
  ///
  /// @throws IllegalArgumentException if it is none, or out of range
  public int number(String name, int otherwise, int min, int max) {
    var text = values.getOrDefault(name, Integer.toString(otherwise));
    if (!text.matches("[0-9]{1,9}")
        || Integer.parseInt(text) < min
        || Integer.parseInt(text) > max) {
      throw new IllegalArgumentException(
          "%s is '%s'; use %d to %d".formatted(name, text, min, max));
    }
    return Integer.parseInt(text);
  }
}
