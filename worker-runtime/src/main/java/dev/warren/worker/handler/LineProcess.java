package dev.warren.worker.handler;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.warren.worker.Outcome;
import dev.warren.worker.TaskContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// A long-lived process that reads a task from each line of its standard input and answers on its
/// standard output. It works on one task at a time, for the thread that has taken it from the pool;
/// {@link #end} may be called by any.
final class LineProcess {
  private static final Duration GRACE = Duration.ofSeconds(2);

  /// The longest answer, in bytes.
  private static final int LONGEST_LINE = 1024 * 1024;

  /// A process that writes more lines than are read has to wait.
  private static final int UNREAD_LINES = 16;

  private final ProcessTree tree;

  /// Lines that the process wrote; empty at their end. Filled by a platform thread, because pipes
  /// can't be interrupted.
  private final BlockingQueue<Optional<BoundedLines.Line>> lines =
      new ArrayBlockingQueue<>(UNREAD_LINES);

  /// Written by the thread of the task, read by that of the log.
  private volatile String taskId = "";

  private final Thread reader =
      Thread.ofPlatform().daemon().name("exec-stdout").unstarted(this::read);

  private LineProcess(ProcessTree tree) {
    this.tree = tree;
  }

  /// Starts one.
  static LineProcess start(List<String> command) throws IOException {
    var started = new LineProcess(ProcessTree.start(new ProcessBuilder(command), Map.of()));
    CommandLog.start(started.tree.root().getErrorStream(), () -> started.taskId);
    started.reader.start();
    return started;
  }

  /// Whether it can be given a task: it lives, and has said nothing that nobody asked for.
  boolean isReady() {
    return tree.root().isAlive() && lines.isEmpty();
  }

  /// Runs one task.
  ///
  /// @param delivery its number
  /// @param task its line
  /// @throws ProtocolException if the process died or does not keep to the protocol
  Outcome run(long delivery, byte[] task, String id, TaskContext context)
      throws InterruptedException, ProtocolException {
    taskId = id;
    Thread.ofPlatform().daemon().name("exec-stdin").start(() -> write(task));
    while (true) {
      var answer = JsonAnswer.read(nextLine());
      var outcome = answer.toOutcome(delivery);
      if (outcome.isPresent()) {
        return outcome.get();
      }
      context.progress(String.valueOf(answer.progress()));
    }
  }

  /// Ends one without a task: tells it by the end of its input, then kills what is left.
  void finish() {
    Thread.ofPlatform().daemon().name("exec-stdin").start(this::closeInput);
    var _ =
        tree.root().onExit().completeOnTimeout(tree.root(), GRACE.toMillis(), MILLISECONDS).join();
    kill();
  }

  /// Ends it with all that it has started, whatever it does.
  void kill() {
    tree.end(GRACE);
    reader.interrupt();
  }

  private String nextLine() throws InterruptedException, ProtocolException {
    var line = lines.take();
    if (line.isEmpty()) {
      throw new ProtocolException("the command %s in the middle of the task".formatted(end()));
    }
    if (line.get().isCut()) {
      throw new ProtocolException(
          "the command answered with a line of more than %d bytes".formatted(LONGEST_LINE));
    }
    return line.get().text();
  }

  private String end() throws InterruptedException {
    return tree.root().waitFor(GRACE)
        ? "ended with exit status %d".formatted(tree.root().exitValue())
        : "closed its standard output";
  }

  private void write(byte[] task) {
    try {
      var input = tree.root().getOutputStream();
      input.write(task);
      input.flush();
    } catch (IOException _) {
      // It has ended or closed its input; the end of its output tells.
    }
  }

  private void read() {
    try (var output = tree.root().getInputStream()) {
      var reader = new BoundedLines(output, LONGEST_LINE);
      for (var line = reader.next(); line != null; line = reader.next()) {
        lines.put(Optional.of(line));
      }
      lines.put(Optional.empty());
    } catch (IOException _) {
      // The pipe ends with the process.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeInput() {
    try {
      tree.root().getOutputStream().close();
    } catch (IOException _) {
      // It has closed it itself.
    }
  }
}
