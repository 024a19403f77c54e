package dev.warren.model;

/// Names of the message headers that Warren writes. None begins with `x-`: those belong to brokers.
public final class TaskHeaders {
  /// What the name of every header of Warren's begins with.
  public static final String PREFIX = "warren-";

  /// Number of this attempt; absent on a task's first.
  public static final String ATTEMPT = "warren-attempt";

  /// How often the task came back from workers that died, or lost their connection, before this
  /// message was published; absent for never. What the broker has counted since comes on top.
  public static final String REDELIVERIES = "warren-redeliveries";

  /// Present on a task that has come back so often that it is to be run alone before it is judged.
  /// If it comes back once more, it is what its workers die of.
  public static final String RUN_ALONE = "warren-run-alone";

  /// When a worker first saw the task, in epoch milliseconds.
  public static final String FIRST_SEEN = "warren-first-seen";

  /// When the task was published, in epoch milliseconds.
  public static final String ENQUEUED_AT = "warren-enqueued-at";

  /// When a worker last published the task, for its next attempt or as a dead letter, in epoch
  /// milliseconds. Only with traces, which show from it how long the message was on its way.
  public static final String SENT_AT = "warren-sent-at";

  /// Class of the last failure: a Java class name or a word such as `Timeout`.
  public static final String ERROR_CLASS = "warren-error-class";

  /// Message of the last failure, at most {@link #ERROR_MESSAGE_LIMIT} bytes of UTF-8.
  public static final String ERROR_MESSAGE = "warren-error-message";

  /// When the last attempt failed, in epoch milliseconds.
  public static final String ERROR_TIME = "warren-error-time";

  /// Name of the pod in which the last attempt failed.
  public static final String ERROR_WORKER = "warren-error-worker";

  /// Exchange that the task was first published to.
  public static final String ORIGIN_EXCHANGE = "warren-origin-exchange";

  /// Routing key that the task was first published with.
  public static final String ORIGIN_ROUTING_KEY = "warren-origin-routing-key";

  /// W3C trace context.
  public static final String TRACEPARENT = "traceparent";

  /// W3C trace context.
  public static final String TRACESTATE = "tracestate";

  /// The longest {@link #ERROR_MESSAGE}, in bytes.
  public static final int ERROR_MESSAGE_LIMIT = 1024;

  private TaskHeaders() {}
}
