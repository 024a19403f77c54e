package dev.warren.local.demo;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The command line of {@link DemoMain}, which `./demo` writes.
///
/// @param kubeconfig of the platform
/// @param example directory of the example
/// @param work directory for what the demo makes
/// @param broker file with `RABBITMQ_URL` and `RABBITMQ_MANAGEMENT_URL`; it may appear a moment
///   later
/// @param privateBroker whether the platform is to run the broker itself
/// @param tasks how many to publish
/// @param terminal whether a person looks on, so that the progress may be painted over
record DemoOptions(
    Path kubeconfig,
    Path example,
    Path work,
    Path broker,
    boolean privateBroker,
    int tasks,
    boolean terminal) {
  static DemoOptions parse(String[] arguments) {
    var values = new HashMap<String, String>();
    for (var argument : List.of(arguments)) {
      var parts = argument.split("=", 2);
      values.put(parts[0], parts.length == 2 ? parts[1] : "true");
    }
    return new DemoOptions(
        path(values, "--kubeconfig"),
        path(values, "--example"),
        path(values, "--work"),
        path(values, "--broker"),
        values.containsKey("--private-broker"),
        Integer.parseInt(values.getOrDefault("--tasks", "2000")),
        values.containsKey("--terminal"));
  }

  private static Path path(Map<String, String> values, String name) {
    var value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + "=PATH is missing");
    }
    return Path.of(value).toAbsolutePath();
  }
}
