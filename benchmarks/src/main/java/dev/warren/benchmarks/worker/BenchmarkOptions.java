package dev.warren.benchmarks.worker;

import dev.warren.benchmarks.harness.CommandLine;
import dev.warren.model.BrokerBinding;
import java.net.URI;
import java.nio.file.Path;
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

  private static final int MIN_MESSAGES = 1_000;
  private static final int MAX_MESSAGES = 10_000_000;
  private static final int MAX_ROUNDS = 100;
  private static final Set<String> NAMES = Set.of("--messages", "--rounds", "--results", "--work");

  /// Reads the command line and the broker's address.
  ///
  /// @throws IllegalArgumentException if it is not as {@link #USAGE} says
  static BenchmarkOptions parse(String[] arguments, Map<String, String> environment) {
    var line = CommandLine.parse(arguments, NAMES);
    return new BenchmarkOptions(
        broker(environment.getOrDefault("RABBITMQ_URL", "")),
        line.number("--messages", 100_000, MIN_MESSAGES, MAX_MESSAGES),
        line.number("--rounds", 5, 1, MAX_ROUNDS),
        Path.of(line.text("--results", "benchmarks/target/results")),
        Path.of(line.text("--work", "benchmarks/target/work")));
  }

  private static BrokerBinding broker(String text) {
    var uri = URI.create(text);
    var user = Optional.ofNullable(uri.getUserInfo()).orElse("").split(":", 2);
    if (uri.getHost() == null || uri.getPort() < 0 || user.length < 2) {
      throw new IllegalArgumentException("RABBITMQ_URL is missing or incomplete");
    }
    return new BrokerBinding(uri.getHost(), uri.getPort(), "/", user[0], user[1], Optional.empty());
  }
}
