package dev.warren.worker.handler;

import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskRunner;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a process for each task: the body on its standard input, `WARREN_TASK_ID` and
/// `WARREN_ATTEMPT` in its environment, its standard error in the log, its standard output nowhere.
/// Exit status 0 is done, 65 (`EX_DATAERR`) a failure for good, 75 (`EX_TEMPFAIL`) and every other
/// a retry. A cancelled process is terminated with all that it started, then killed.
final class ExecRunner implements TaskRunner {
  private static final Logger LOG = LoggerFactory.getLogger(ExecRunner.class);
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final int EX_DATAERR = 65;

  private final List<String> command;

  private ExecRunner(List<String> command) {
    this.command = command;
  }

  /// A runner of this command.
  ///
  /// @throws UnusableHandlerException if there is no such program
  static ExecRunner create(List<String> command, String searchPath) {
    var program = command.getFirst();
    if (candidates(program, searchPath).noneMatch(ExecRunner::isProgram)) {
      throw new UnusableHandlerException(
          "there is no program '%s', searched in %s; put it into the image, make it executable, or correct spec.handler.exec.command"
              .formatted(program, program.contains("/") ? "its directory" : searchPath));
    }
    return new ExecRunner(command);
  }

  @Override
  public Outcome run(Task<byte[]> task, String contentType, TaskContext context)
      throws IOException, InterruptedException {
    var process = start(task, context);
    try {
      // On platform threads: pipes can't be interrupted and would hold the carriers of other tasks.
      Thread.ofPlatform().daemon().name("exec-stdin").start(() -> feed(process, task.payload()));
      Thread.ofPlatform().daemon().name("exec-stderr").start(() -> logErrors(process, task));
      return outcome(process.waitFor());
    } finally {
      if (process.isAlive()) {
        new ProcessTree(process).end(GRACE);
      }
    }
  }

  private Process start(Task<byte[]> task, TaskContext context) throws IOException {
    var builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("WARREN_TASK_ID", task.id().map(TaskText::encode).orElse(""));
    builder.environment().put("WARREN_ATTEMPT", Integer.toString(context.attempt()));
    return builder.start();
  }

  private static Outcome outcome(int status) {
    return switch (status) {
      case 0 -> Outcome.done();
      case EX_DATAERR -> Outcome.fail("the command ended with exit status 65");
      default -> Outcome.retry("the command ended with exit status %d".formatted(status));
    };
  }

  private static void feed(Process process, byte[] body) {
    try (var input = process.getOutputStream()) {
      input.write(body);
    } catch (IOException _) {
      // The process need not read its input to the end; its exit status is what counts.
    }
  }

  private static void logErrors(Process process, Task<byte[]> task) {
    try (var errors =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (var line = errors.readLine(); line != null; line = errors.readLine()) {
        LOG.atInfo()
            .addKeyValue("task_id", task.id().orElse(""))
            .addKeyValue("routing_key", task.routingKey())
            .addKeyValue("stderr", line)
            .log("The command wrote");
      }
    } catch (IOException _) {
      // The pipe ends with the process.
    }
  }

  private static Stream<Path> candidates(String program, String searchPath) {
    return program.contains("/")
        ? Stream.of(Path.of(program))
        : Stream.of(searchPath.split(File.pathSeparator))
            .map(directory -> Path.of(directory, program));
  }

  private static boolean isProgram(Path path) {
    return Files.isRegularFile(path) && Files.isExecutable(path);
  }
}
