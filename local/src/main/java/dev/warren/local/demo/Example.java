package dev.warren.local.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;

/// A directory of `examples`: YAML, and the programs that its `example.properties` names.
///
/// @param directory absolute
/// @param producer command that publishes the tasks, but for its arguments
/// @param account command that counts their effects, but for its arguments
/// @param doneMeans what a task is that is done, in the words of the account
/// @param secrets where its workers look for the address of a server, by the server's name
/// @param refusals TaskQueues that must not become ready, with what their condition must say
/// @param rows what else the programs count that is of interest, by key, with its words
record Example(
    Path directory,
    List<String> producer,
    List<String> account,
    String doneMeans,
    Map<String, ResourceName> secrets,
    Map<ResourceName, String> refusals,
    Map<String, String> rows) {
  private static final String FILE = "example.properties";

  /// Reads the properties of the example in a directory.
  ///
  /// @throws DemoException if they do not say what they must
  static Example load(Path directory) throws IOException {
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(directory.resolve(FILE))) {
      properties.load(reader);
    }
    try {
      return of(directory, properties);
    } catch (IllegalArgumentException e) {
      throw new DemoException("%s: %s".formatted(directory.resolve(FILE), e.getMessage()));
    }
  }

  /// The example in a directory with these properties.
  ///
  /// @throws IllegalArgumentException if they do not say what they must
  static Example of(Path directory, Properties properties) {
    return new Example(
        directory,
        command(directory, properties, "producer"),
        command(directory, properties, "account"),
        properties.getProperty("done", "tasks whose effect is there once"),
        below(properties, "secret.", name -> name, ResourceName::parse),
        below(properties, "refused.", ResourceName::parse, text -> text),
        below(properties, "say.", key -> key, text -> text));
  }

  /// The YAML files in the order in which `kubectl apply -f` takes them.
  List<Path> manifests() throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private static List<String> command(Path directory, Properties properties, String program) {
    var words = properties.getProperty(program + ".command");
    if (words != null) {
      return List.of(words.trim().replace("{example}", directory.toString()).split(" +", -1));
    }
    var main = properties.getProperty(program);
    if (main == null) {
      throw new IllegalArgumentException(
          "'%s' is missing; name a main class, or a command as '%s.command'"
              .formatted(program, program));
    }
    var target = directory.resolve("target");
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Djava.awt.headless=true",
        "-cp",
        target.resolve("classes") + File.pathSeparator + target.resolve("lib") + "/*",
        main);
  }

  private static <K extends Comparable<? super K>, V> Map<K, V> below(
      Properties properties,
      String prefix,
      Function<String, K> readKey,
      Function<String, V> readValue) {
    var values = new TreeMap<K, V>();
    for (var name : properties.stringPropertyNames()) {
      if (name.startsWith(prefix)) {
        values.put(
            readKey.apply(name.substring(prefix.length())),
            readValue.apply(properties.getProperty(name)));
      }
    }
    return values;
  }
}
