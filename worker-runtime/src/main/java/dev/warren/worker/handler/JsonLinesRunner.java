package dev.warren.worker.handler;

import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskRunner;
import java.io.IOException;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// Runs tasks in long-lived processes that speak {@link JsonTask} and {@link JsonAnswer}, one task
/// at a time each: as many processes as there are tasks at once, started when they are needed. One
/// that dies, does not keep to the protocol or works on a cancelled task is ended with all that it
/// has started, and another takes its place.
final class JsonLinesRunner implements TaskRunner {
  private final List<String> command;

  /// Those without a task, the last used one first, so that as few as possible stay warm.
  private final Deque<LineProcess> idle = new ConcurrentLinkedDeque<>();

  private final Set<LineProcess> all = ConcurrentHashMap.newKeySet();
  private final AtomicLong deliveries = new AtomicLong();

  /// @param command a program that exists, and its arguments
  JsonLinesRunner(List<String> command) {
    this.command = command;
  }

  @Override
  public Outcome run(Task<byte[]> task, String contentType, TaskContext context)
      throws IOException, InterruptedException {
    long delivery = deliveries.incrementAndGet();
    var line = JsonTask.line(delivery, task, contentType, context);
    var process = take();
    try {
      var outcome = process.run(delivery, line, task.id().orElse(""), context);
      idle.push(process);
      return outcome;
    } catch (ProtocolException e) {
      discard(process);
      return Outcome.retry(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      discard(process);
      throw e;
    }
  }

  @Override
  public void close() {
    var processes = List.copyOf(all);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      processes.forEach(process -> threads.execute(process::finish));
    }
  }

  private LineProcess take() throws IOException {
    for (var process = idle.poll(); process != null; process = idle.poll()) {
      if (process.isReady()) {
        return process;
      }
      discard(process);
    }
    var started = LineProcess.start(command);
    all.add(started);
    return started;
  }

  private void discard(LineProcess process) {
    all.remove(process);
    process.kill();
  }
}
