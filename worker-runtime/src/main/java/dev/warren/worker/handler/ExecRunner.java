package dev.warren.worker.handler;

import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskRunner;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Runs a process for each task: the body on its standard input, what else is known of the task in
/// its environment, its standard error in the log, its standard output nowhere. Exit status 0 is
/// done, 65 (`EX_DATAERR`) a failure for good, 75 (`EX_TEMPFAIL`) and every other a retry. A
/// cancelled process is terminated with all that it started, then killed.
final class ExecRunner implements TaskRunner {
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final int EX_DATAERR = 65;

  private final List<String> command;

  /// @param command a program that exists, and its arguments
  ExecRunner(List<String> command) {
    this.command = command;
  }

  @Override
  public Outcome run(Task<byte[]> task, String contentType, TaskContext context)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    var tree = ProcessTree.start(builder, environment(task, contentType, context));
    var process = tree.root();
    CommandLog.start(process.getErrorStream(), () -> task.id().orElse(""));
    // On a platform thread, as the log's, because it too may wait for the process.
    Thread.ofPlatform().daemon().name("exec-stdin").start(() -> feed(process, task.payload()));
    try {
      return outcome(process.waitFor());
    } catch (InterruptedException e) {
      tree.end(GRACE);
      throw e;
    }
  }

  private static Map<String, String> environment(
      Task<byte[]> task, String contentType, TaskContext context) {
    var environment = new HashMap<String, String>();
    TaskText.headers(task)
        .forEach((name, value) -> environment.put("WARREN_HEADER_" + variable(name), value));
    environment.put("WARREN_TASK_ID", task.id().map(TaskText::encode).orElse(""));
    environment.put("WARREN_TASK_TYPE", TaskText.encode(task.type()));
    environment.put("WARREN_ROUTING_KEY", TaskText.encode(task.routingKey()));
    environment.put("WARREN_CONTENT_TYPE", TaskText.visible(contentType));
    environment.put("WARREN_ATTEMPT", Integer.toString(context.attempt()));
    environment.put("WARREN_FIRST_SEEN", Long.toString(context.firstSeen().toEpochMilli()));
    environment.put("WARREN_DEADLINE", Long.toString(context.deadline().toEpochMilli()));
    context
        .traceparent()
        .ifPresent(value -> environment.put("TRACEPARENT", TaskText.visible(value)));
    context.tracestate().ifPresent(value -> environment.put("TRACESTATE", TaskText.visible(value)));
    return environment;
  }

  private static String variable(String header) {
    return header.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
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
}
