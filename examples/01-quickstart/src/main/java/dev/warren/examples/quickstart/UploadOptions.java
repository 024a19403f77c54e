package dev.warren.examples.quickstart;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// What {@link Uploads} was told to do.
///
/// @param bindings directory that has the TaskQueue's binding, mounted, in `quickstart/thumbnails`
/// @param work gets `in`, with the pictures, and `out`, for the thumbnails; absolute, because
///   workers run elsewhere
/// @param tasks how many pictures, 1 to 100,000
/// @param seed of all that is random about them
record UploadOptions(Path bindings, Path work, int tasks, long seed) {
  static final String USAGE =
      "usage: Uploads --bindings DIRECTORY --work DIRECTORY [--tasks 1..100000] [--seed NUMBER]";

  private static final Set<String> NAMES = Set.of("--bindings", "--work", "--tasks", "--seed");
  private static final int MAX_TASKS = 100_000;

  UploadOptions {
    work = work.toAbsolutePath().normalize();
    if (tasks < 1 || tasks > MAX_TASKS) {
      throw new IllegalArgumentException("--tasks is %d; use 1 to %d".formatted(tasks, MAX_TASKS));
    }
  }

  /// The binding of the example's TaskQueue.
  Path binding() {
    return bindings.resolve("quickstart").resolve("thumbnails");
  }

  /// Reads the command line.
  ///
  /// @throws IllegalArgumentException if it is not as {@link #USAGE} says
  static UploadOptions parse(String[] arguments) {
    var values = new HashMap<String, String>();
    for (int i = 0; i < arguments.length; i += 2) {
      if (!NAMES.contains(arguments[i]) || i + 1 == arguments.length) {
        throw new IllegalArgumentException("'%s' is not understood".formatted(arguments[i]));
      }
      values.put(arguments[i], arguments[i + 1]);
    }
    return new UploadOptions(
        path(values, "--bindings"),
        path(values, "--work"),
        tasks(number("--tasks", values.getOrDefault("--tasks", "2000"))),
        number("--seed", values.getOrDefault("--seed", "1")));
  }

  private static int tasks(long number) {
    if (number < 1 || number > MAX_TASKS) {
      throw new IllegalArgumentException("--tasks is %d; use 1 to %d".formatted(number, MAX_TASKS));
    }
    return (int) number;
  }

  private static long number(String name, String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("%s is '%s'; use a number".formatted(name, value), e);
    }
  }

  private static Path path(Map<String, String> values, String name) {
    var value = values.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return Path.of(value);
  }
}
