package dev.warren.benchmarks;

import dev.warren.model.BrokerBinding;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a run measures.
///
/// @param broker where; the vhost is the default one
/// @param messages how many the clock sees in each drain, 1,000 to 10,000,000
/// @param rounds how often each contender is measured, 1 to 100
/// @param results directory for the raw results
/// @param work directory for the processes' configuration, with the broker's password, and their
///   logs
record BenchmarkOptions(BrokerBinding broker, int messages, int rounds, Path results, Path work) {
  static final String USAGE =
      "usage: DrainBenchmark [--messages NUMBER] [--rounds NUMBER] [--results DIRECTORY] [--work DIRECTORY],"
          + " with RABBITMQ_URL=amqp://user:password@host:port";

  private static final Set<String> NAMES = Set.of("--messages", "--rounds", "--results", "--work");

  BenchmarkOptions {
    requireRange("--messages", messages, 1_000, 10_000_000);
    requireRange("--rounds", rounds, 1, 100);
  }

  /// Reads the command line and the broker's address.
  ///
  /// @throws IllegalArgumentException if it is not as {@link #USAGE} says
  static BenchmarkOptions parse(String[] arguments, Map<String, String> environment) {
    var values = new HashMap<String, String>();
    for (int i = 0; i < arguments.length; i += 2) {
      if (!NAMES.contains(arguments[i]) || i + 1 == arguments.length) {
        throw new IllegalArgumentException("'%s' is not understood".formatted(arguments[i]));
      }
      values.put(arguments[i], arguments[i + 1]);
    }
    return new BenchmarkOptions(
        broker(environment.getOrDefault("RABBITMQ_URL", "")),
        Integer.parseInt(values.getOrDefault("--messages", "100000")),
        Integer.parseInt(values.getOrDefault("--rounds", "5")),
        Path.of(values.getOrDefault("--results", "benchmarks/target/results")),
        Path.of(values.getOrDefault("--work", "benchmarks/target/work")));
  }

  private static BrokerBinding broker(String text) {
    var uri = URI.create(text);
    var user = Optional.ofNullable(uri.getUserInfo()).orElse("").split(":", 2);
    if (uri.getHost() == null || uri.getPort() < 0 || user.length < 2) {
      throw new IllegalArgumentException("RABBITMQ_URL is missing or incomplete");
    }
    return new BrokerBinding(uri.getHost(), uri.getPort(), "/", user[0], user[1], Optional.empty());
  }

  private static void requireRange(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException("%s is %d; use %d to %d".formatted(name, value, min, max));
    }
  }
}
