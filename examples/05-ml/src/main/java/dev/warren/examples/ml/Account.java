package dev.warren.examples.ml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.stream.IntStream;

/// What has come of the requests in a directory.
///
/// @param models trained to the end
/// @param predictions answers to questions
/// @param steps of those models in all
/// @param resumed models at which more than one attempt worked
/// @param wrong checkpoint files in which a step is missing or there twice
/// @param perMinute models a minute, from the first one that was done to the last
record Account(
    int models, int predictions, int steps, int resumed, List<String> wrong, int perMinute) {
  static Account of(Path directory) throws IOException {
    var models = names(directory.resolve("models"));
    int steps = 0;
    int resumed = 0;
    var checkpoints = directory.resolve("checkpoints");
    for (var model : models) {
      var done = Checkpoints.read(checkpoints.resolve(model));
      steps += done.size();
      resumed += done.getFirst().attempt() == done.getLast().attempt() ? 0 : 1;
    }
    return new Account(
        models.size(),
        names(directory.resolve("predictions")).size(),
        steps,
        resumed,
        wrong(checkpoints),
        perMinute(directory.resolve("models"), models));
  }

  /// `--work DIRECTORY`; ends with status 1 if a step was done twice.
  static void main(String[] arguments) throws IOException {
    if (arguments.length != 2 || !arguments[0].equals("--work")) {
      System.err.println("usage: Account --work DIRECTORY");
      System.exit(2);
    }
    var account = of(Path.of(arguments[1]));
    account.wrong().forEach(model -> System.err.printf("model '%s': not each step once%n", model));
    System.out.printf(
        "models=%d predictions=%d per-minute=%d resumed=%d steps=%d done=%d%n",
        account.models(),
        account.predictions(),
        account.perMinute(),
        account.resumed(),
        account.steps(),
        account.models() + account.predictions());
    System.exit(account.wrong().isEmpty() ? 0 : 1);
  }

  private static List<String> wrong(Path checkpoints) throws IOException {
    var wrong = new ArrayList<String>();
    for (var model : names(checkpoints)) {
      var done = Checkpoints.read(checkpoints.resolve(model));
      var steps = done.stream().map(Checkpoints.Checkpoint::step).toList();
      if (!steps.equals(IntStream.rangeClosed(1, done.size()).boxed().toList())) {
        wrong.add(model);
      }
    }
    return wrong;
  }

  private static int perMinute(Path directory, List<String> models) throws IOException {
    var done = new LongSummaryStatistics();
    for (var model : models) {
      done.accept(Files.getLastModifiedTime(directory.resolve(model)).toMillis());
    }
    return models.size() < 2
        ? 0
        : Math.toIntExact(
            (models.size() - 1)
                * Duration.ofMinutes(1).toMillis()
                / Math.max(1, done.getMax() - done.getMin()));
  }

  private static List<String> names(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .toList();
    }
  }
}
