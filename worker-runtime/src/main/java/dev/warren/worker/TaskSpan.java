package dev.warren.worker;

import java.util.Map;

/// The span of one attempt, from its start until its delivery is settled. Called by the thread that
/// runs the attempt, and by the one that settles it in its place if it hangs.
public interface TaskSpan {
  /// Of an attempt that is not traced.
  TaskSpan NONE = NoTracing.SPAN;

  /// How long a span is the current one of its thread.
  interface Entered extends AutoCloseable {
    /// Called by the same thread.
    @Override
    void close();
  }

  /// Publishes a successor; see {@link Delivery#publish}.
  interface Publishing {
    /// Whether the broker has confirmed it.
    boolean publish(Successor successor) throws InterruptedException;
  }

  /// Makes this the current span of the calling thread.
  Entered enter();

  /// `traceparent` and `tracestate` for what the attempt calls; empty if it is not traced.
  Map<String, String> headers();

  /// Publishes a successor that goes on in this trace.
  ///
  /// @return what the publishing returns
  boolean send(Successor successor, Publishing publishing) throws InterruptedException;

  /// The attempt has failed.
  ///
  /// @param type a Java class name or a word
  /// @param message without payloads, at most 1 KiB
  void failed(String type, String message);

  /// Called once, at the end of all.
  void end(TaskStatus status);
}
