package dev.warren.local.docs;

import dev.warren.local.docs.Shell.Result;
import dev.warren.local.docs.Step.RunCommands;
import dev.warren.local.docs.Step.SaveFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// Follows pages, step by step. For one thread.
final class Reader {
  /// The longest for one block, a first start of the platform included.
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /// How long a block is repeated until it prints what the page shows.
  private static final Duration REPEATED = Duration.ofMinutes(2);

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Shell shell;
  private final Path scratch;
  private final PrintStream report;

  /// @param scratch directory for what only this class reads
  /// @param report gets a line for each step
  Reader(Shell shell, Path scratch, PrintStream report) {
    this.shell = shell;
    this.scratch = scratch;
    this.report = report;
  }

  /// Whether all of it went as the page says. Stops at the first step that did not.
  boolean follow(Page page) throws IOException, InterruptedException {
    for (var step : page.steps()) {
      var begin = Instant.now();
      var problem =
          switch (step) {
            case SaveFile file -> save(file);
            case RunCommands commands -> run(commands);
          };
      report.printf(
          "%s:%d %s, %.1f s%n",
          page.name(),
          step.line(),
          problem.isEmpty() ? "is as it says" : "IS NOT AS IT SAYS",
          Duration.between(begin, Instant.now()).toMillis() / 1000.0);
      if (!problem.isEmpty()) {
        report.println(problem);
        return false;
      }
    }
    return true;
  }

  /// Through the shell, which knows where it is.
  private String save(SaveFile file) throws IOException, InterruptedException {
    var text = Files.writeString(scratch.resolve("file"), file.text()).toAbsolutePath();
    var result = shell.run("cp '%s' '%s'\n".formatted(text, file.name()), PATIENCE);
    return result.success() ? "" : result.output();
  }

  private String run(RunCommands commands) throws IOException, InterruptedException {
    return switch (commands.how()) {
      case ONCE -> problem(commands, shell.run(commands.commands(), PATIENCE), true);
      case FAILING -> problem(commands, shell.runApart(commands.commands(), PATIENCE), false);
      case REPEATED -> repeat(commands);
    };
  }

  private String repeat(RunCommands commands) throws IOException, InterruptedException {
    var deadline = Instant.now().plus(REPEATED);
    while (true) {
      var problem = problem(commands, shell.runApart(commands.commands(), PATIENCE), true);
      if (problem.isEmpty() || Instant.now().isAfter(deadline)) {
        return problem;
      }
      Thread.sleep(PAUSE);
    }
  }

  /// What is wrong, or nothing.
  private static String problem(RunCommands commands, Result result, boolean success) {
    if (result.success() != success) {
      return """
      --- these commands %s:
      %s--- after they printed:
      %s\
      """
          .formatted(success ? "failed" : "succeeded", commands.commands(), result.output());
    }
    return commands
        .output()
        .filter(output -> !output.fits(result.output()))
        .map(
            output ->
                """
                --- these commands:
                %s--- should print:
                %s--- and printed:
                %s\
                """
                    .formatted(commands.commands(), output.text(), result.output()))
        .orElse("");
  }
}
