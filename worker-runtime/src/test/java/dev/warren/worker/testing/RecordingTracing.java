package dev.warren.worker.testing;

import dev.warren.worker.Successor;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskSpan;
import dev.warren.worker.TaskStatus;
import dev.warren.worker.TaskTracing;
import dev.warren.worker.TracedAttempt;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

/// Remembers what it was told, of all attempts in one list.
public final class RecordingTracing implements TaskTracing {
  private final List<String> told = new CopyOnWriteArrayList<>();

  /// What it was told, in order.
  public List<String> told() {
    return List.copyOf(told);
  }

  @Override
  public TaskSpan begin(TracedAttempt attempt) {
    told.add("begin " + attempt.attempt());
    return new Span();
  }

  @Override
  public <T> T batch(List<TaskContext> attempts, Callable<T> body) throws Exception {
    return body.call();
  }

  private final class Span implements TaskSpan {
    @Override
    public Entered enter() {
      return () -> {};
    }

    @Override
    public Map<String, String> headers() {
      return Map.of();
    }

    @Override
    public boolean send(Successor successor, Publishing publishing) throws InterruptedException {
      told.add("send");
      return publishing.publish(successor);
    }

    @Override
    public void failed(String type, String message) {
      told.add("failed " + type);
    }

    @Override
    public void end(TaskStatus status) {
      told.add("end " + status.label());
    }
  }
}
