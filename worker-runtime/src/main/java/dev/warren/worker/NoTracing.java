package dev.warren.worker;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/// No tracing and no span. Makes no object.
final class NoTracing implements TaskTracing {
  static final TaskSpan SPAN = new NoSpan();

  @Override
  public TaskSpan begin(TracedAttempt attempt) {
    return SPAN;
  }

  @Override
  public <T> T batch(List<TaskContext> attempts, Callable<T> body) throws Exception {
    return body.call();
  }

  private static final class NoSpan implements TaskSpan {
    private static final Entered NOTHING = () -> {};

    @Override
    public Entered enter() {
      return NOTHING;
    }

    @Override
    public Map<String, String> headers() {
      return Map.of();
    }

    @Override
    public boolean send(Successor successor, Publishing publishing) throws InterruptedException {
      return publishing.publish(successor);
    }

    @Override
    public void failed(String type, String message) {}

    @Override
    public void end(TaskStatus status) {}
  }
}
