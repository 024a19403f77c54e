package dev.warren.benchmarks.worker;

import dev.warren.benchmarks.harness.CommandLine;
import dev.warren.model.BrokerBinding;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a run measures, and with what.
///
/// @param broker where; the vhost is the default one
/// @param quick whether the rows are short
/// @param rows which ones; all of them when empty
/// @param contestants which ones, all of them when empty
/// @param rounds how often each contestant is measured in each row, 1 to 100
/// @param images what the contestants' processes are made of
/// @param results directory for the raw results, the table and the picture
/// @param work directory for the processes' configuration, with the broker's password, and their
///   logs
record WorkerOptions(
    BrokerBinding broker,
    boolean quick,
    List<String> rows,
    List<Contestant> contestants,
    int rounds,
    Images images,
    Path results,
    Path work) {
  static final String USAGE =
      "usage: WorkerBenchmark --worker CLASSPATH --handler JAR [--worker-jvm OPTIONS] [--python PROGRAM] [--scripts DIRECTORY]"
          + " [--size quick|full] [--rows NAME,...] [--contestants NAME,...] [--rounds NUMBER]"
          + " [--results DIRECTORY] [--work DIRECTORY], with RABBITMQ_URL=amqp://user:password@host:port";

  private static final int MAX_ROUNDS = 100;
  private static final int ROUNDS = 5;
  private static final int QUICK_ROUNDS = 3;
  private static final Set<String> NAMES =
      Set.of(
          "--worker",
          "--handler",
          "--worker-jvm",
          "--python",
          "--scripts",
          "--size",
          "--rows",
          "--contestants",
          "--rounds",
          "--results",
          "--work");

  /// What the processes are made of.
  ///
  /// @param worker class path of Warren's image
  /// @param handler jar with its handler
  /// @param workerJvm further options of Warren's JVM, to try them
  /// @param python the interpreter that has the peers' packages, if there is one
  /// @param scripts directory with the peers' programs
  record Images(
      String worker, Path handler, List<String> workerJvm, Optional<String> python, Path scripts) {
    /// With one more option for Warren's JVM.
    Images withWorkerJvm(String option) {
      var options = new ArrayList<>(workerJvm);
      options.add(option);
      return new Images(worker, handler, options, python, scripts);
    }
  }

  /// Reads the command line and the broker's address.
  ///
  /// @throws IllegalArgumentException if it is not as {@link #USAGE} says
  static WorkerOptions parse(String[] arguments, Map<String, String> environment) {
    var line = CommandLine.parse(arguments, NAMES);
    var quick = quick(line.text("--size", "full"));
    return new WorkerOptions(
        broker(environment.getOrDefault("RABBITMQ_URL", "")),
        quick,
        list(line.text("--rows", ""), ","),
        list(line.text("--contestants", ""), ",").stream().map(Contestant::of).toList(),
        line.number("--rounds", quick ? QUICK_ROUNDS : ROUNDS, 1, MAX_ROUNDS),
        images(line),
        Path.of(line.text("--results", "benchmarks/target/results")),
        Path.of(line.text("--work", "benchmarks/target/work")).toAbsolutePath());
  }

  private static Images images(CommandLine line) {
    return new Images(
        line.required("--worker"),
        Path.of(line.required("--handler")),
        list(line.text("--worker-jvm", ""), " "),
        list(line.text("--python", ""), ",").stream().findFirst(),
        Path.of(line.text("--scripts", "benchmarks/src/main/python")).toAbsolutePath());
  }

  private static List<String> list(String text, String separator) {
    return Arrays.stream(text.split(separator, -1)).filter(part -> !part.isBlank()).toList();
  }

  private static boolean quick(String size) {
    return switch (size) {
      case "quick" -> true;
      case "full" -> false;
      default ->
          throw new IllegalArgumentException("--size is '%s'; use quick or full".formatted(size));
    };
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
