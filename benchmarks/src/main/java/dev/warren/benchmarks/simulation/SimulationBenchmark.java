package dev.warren.benchmarks.simulation;

import dev.warren.benchmarks.harness.CommandLine;
import dev.warren.benchmarks.harness.ResultFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;

/// Tries scaling decisions under loads that change, in virtual time. Exit status 64 (`EX_USAGE`)
/// for a wrong command line.
public final class SimulationBenchmark {
  private static final int EX_USAGE = 64;
  private static final String USAGE =
      "usage: SimulationBenchmark [--seed NUMBER] [--scenarios NAME,...] [--results DIRECTORY]";
  private static final String NO_BROKER = "none";

  private SimulationBenchmark() {}

  /// See the usage.
  public static void main(String[] arguments) throws IOException {
    try {
      var line =
          CommandLine.parse(arguments, Set.of("--seed", "--scenarios", "--results", "--work"));
      run(
          List.of(line.text("--scenarios", String.join(",", Scenarios.NAMES)).split(",", -1)),
          line.number("--seed", 1, 0, 1_000_000),
          ResultFile.create(
              Path.of(line.text("--results", "benchmarks/target/results")), "simulate"));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(USAGE);
      System.exit(EX_USAGE);
    }
  }

  private static void run(List<String> scenarios, int seed, ResultFile results) throws IOException {
    var all = new ArrayList<Contenders>();
    for (var name : scenarios) {
      var result = Contenders.run(Scenarios.of(name, seed)).withoutTasks();
      all.add(result);
      results.append(NO_BROKER, figures("warren", result, result.warren()));
      results.append(NO_BROKER, figures("keda", result, result.keda()));
      results.append(NO_BROKER, figures("oracle", result, result.oracle()));
      System.out.printf("%s: done%n", name);
    }
    var line = SimulationLine.of(all).text();
    var table = SimulationTable.of(all);
    System.out.println(table);
    Files.writeString(beside(results, "md"), table + "\n`" + line + "`\n");
    Files.writeString(beside(results, "svg"), SimulationPicture.of(all));
    System.out.printf("Raw results: %s; table and picture beside it%n", results.path());
    System.out.println(line);
  }

  private static SequencedMap<String, Object> figures(
      String contender, Contenders result, Outcome outcome) {
    var figures = new LinkedHashMap<String, Object>();
    figures.put("scenario", result.scenario().name());
    figures.put("contender", contender);
    figures.put("tasks", outcome.tasks());
    figures.put("done", outcome.done());
    figures.put("within", outcome.within());
    figures.put("p99_s", rounded(outcome.p99()));
    figures.put("replica_seconds", rounded(outcome.replicaSeconds()));
    figures.put("work_replica_seconds", rounded(result.work()));
    figures.put("steps", outcome.steps());
    figures.put("busy_stopped", outcome.busyStopped());
    figures.put("holding_stopped", outcome.holding());
    figures.put("interrupted", outcome.interrupted());
    return figures;
  }

  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.3f", value));
  }

  private static Path beside(ResultFile results, String extension) {
    var name = results.path().getFileName().toString().replace("jsonl", extension);
    return results.path().resolveSibling(name);
  }
}
